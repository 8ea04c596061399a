// Tasks by check boxes. Without this script the same is there as pages.

(() => {
  const root = document.querySelector("[data-filter]");
  const form = root?.querySelector("[data-filter-form]");
  if (!form) return;
  const status = root.querySelector("[data-filter-status]");
  const reset = form.querySelector("[type=reset]");
  const counted = (n) => root.dataset.count.replace("{n}", n);

  const show = () => {
    const chosen = [...form.querySelectorAll("fieldset")]
      .map((field) => [...field.querySelectorAll("input:checked")].map((box) => box.value))
      .filter((values) => values.length > 0);
    let all = 0;
    for (const group of root.querySelectorAll("[data-filter-group]")) {
      let count = 0;
      for (const item of group.querySelectorAll("[data-keys]")) {
        const keys = item.dataset.keys.split(" ");
        const fits = chosen.every((values) => values.some((value) => keys.includes(value)));
        item.hidden = !fits;
        count += fits ? 1 : 0;
      }
      group.hidden = count === 0;
      group.querySelector("[data-filter-count]").textContent = counted(count);
      all += count;
    }
    reset.disabled = chosen.length === 0;
    status.hidden = chosen.length === 0;
    status.textContent = chosen.length ? counted(all) : "";
  };

  form.addEventListener("change", show);
  // The boxes are empty only after the event.
  form.addEventListener("reset", () => setTimeout(show));
  form.hidden = false;
  const links = root.querySelector("[data-filter-links]");
  if (links) links.hidden = true;
  // A browser may remember what was chosen.
  show();
  addEventListener("pageshow", show);
})();
