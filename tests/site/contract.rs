//! The contract with templates: every name in them is looked at, also where no page goes.

use crate::campaign::Campaign;

fn story() -> Campaign {
    Campaign::story("", "正文")
}

#[test]
fn the_built_in_templates_keep_the_contract() {
    // One file of its own, so that they are looked at.
    let own = story().template("mine.html", "{% component nothing() %}{% endcomponent %}");
    assert_eq!(
        own.codes(),
        Vec::<String>::new(),
        "{}",
        own.diagnostics(xianfeng::base::lang::Lang::En)
    );
}
