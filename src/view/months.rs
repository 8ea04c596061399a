//! How many stories each month has, drawn.

use super::MonthBar;

/// Twelve months from the first on, and how many of these dates each of them has.
pub(super) fn bars(first: (i32, u8), dates: impl Iterator<Item = (i32, u8)>) -> Vec<MonthBar> {
    let place = |(year, month): (i32, u8)| year * 12 + i32::from(month) - 1;
    let start = place(first);
    let mut counts = [0_usize; 12];
    for date in dates {
        let at = usize::try_from(place(date) - start).ok();
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.into_iter().max().unwrap_or_default().max(1);
    let bar = |(at, count): (i32, usize)| MonthBar {
        year: at.div_euclid(12),
        month: at.rem_euclid(12) as u8 + 1,
        count,
        height: (100 * count).div_ceil(most),
    };
    (start..).zip(counts).map(bar).collect()
}
