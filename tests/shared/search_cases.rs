//! Texts and their normal form: the program (tests/site) and the script (tests/browser) are
//! held against the same.

/// What is typed or written, and what search compares.
pub const SAME: &[(&str, &str)] = &[
    ("抓好民生", "抓好民生"),
    ("ＡＢＣ１２３", "abc123"),
    ("國家與學習", "国家与学习"),
    ("ﬁ ㍻ ½", "fi平成1 2"),
    ("Excel 表格", "excel表格"),
    ("2026 年", "2026年"),
    ("马　骥", "马骥"),
    ("马 骥", "马骥"),
    ("热娜・艾力", "热娜 艾力"),
    ("热娜•艾力", "热娜 艾力"),
    ("Big  Data", "big data"),
    ("党员，群众。", "党员 群众"),
    ("一\n二", "一\n二"),
    ("一。\n二", "一\n二"),
    ("soft\u{AD}hyphen", "softhyphen"),
    ("e\u{301}cole", "école"),
    ("ΣΑΣ", "σασ"),
    ("か\u{3099}", "が"),
    ("葛\u{E0100}城", "葛城"),
    ("“两张皮”现象", "两张皮 现象"),
    ("𠮷野家", "𠮷野家"),
    ("\u{1F600}!", ""),
];
