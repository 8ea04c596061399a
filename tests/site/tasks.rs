//! Tasks: concrete things done for people, from the need to what they say of it.

use crate::campaign::{Campaign, news};

const LISTS: &str = "//- content/units.yaml
- 槐树社区
- 第二小学
//- content/tasks.yaml
- {name: 修灯, unit: 槐树社区, need: 楼道太黑, measures: [查线, 换灯], due: 2026-07-31, status: doing}
- {name: 挖井, unit: 槐树社区, need: 挑水太远, due: 2026-05-31, status: 在办}
- {名称: 铺路, 责任单位: 第二小学, 难事: 一下雨就泥泞, 措施: 垫石子, 结果: 通了, 反馈: 都说好走, 状态: 办结, 办结日期: 2026-04-02}
- {name: 架桥, done_on: 2026-05-02, result: 通了}
- 盖亭
- {name: 拆墙, unit: 第二小学, status: stopped, need: 挡路}
";

fn campaign() -> Campaign {
    Campaign::new(LISTS).with(
        "content/stories/a.md",
        news("甲", "2026-03-18", "focal_points: [民生, 群众]\ntasks: [修灯, 拆墙]", "正文"),
    )
}

fn notes(campaign: &Campaign) -> Vec<String> {
    let prepared = campaign.prepared();
    let more = xianfeng::check::more(&prepared.site, &prepared.plan);
    let tasks = more.into_iter().filter(|d| d.code.starts_with("task"));
    tasks.map(|d| format!("{}: {}", d.code, d.message.zh)).collect()
}

#[test]
fn tasks_stand_by_status_with_counts() {
    let template = "{% for s in tasks.statuses %}{{ s.status }}:{% for t in s.tasks %}{{ t.name }} {% endfor %}{% endfor %}|{% for u in tasks.units %}{{ u.name }}{{ u.count }} {{ u.url }} {% endfor %}|{% for f in tasks.focal_points %}{{ f.name }}{{ f.count }} {{ f.url }} {% endfor %}";
    // What is open by when it is due; what is done the latest first.
    assert_eq!(
        campaign().template("tasks.html", template).page("/tasks/"),
        "doing:挖井 修灯 planned:盖亭 done:架桥 铺路 stopped:拆墙 \
         |槐树社区2 /tasks/units/huai-shu-she-qu/ 第二小学2 /tasks/units/di-er-xiao-xue/ \
         |发动群众2 /tasks/focal-points/masses/ 抓好民生2 /tasks/focal-points/livelihood/ "
    );
    let page = campaign().page("/tasks/");
    for (status, count) in [("doing", 2), ("planned", 1), ("done", 2), ("stopped", 1)] {
        assert!(
            page.contains(&format!(
                "<a href=\"#xf-{status}\"><span class=\"tally\">{count}</span>"
            )),
            "{status}"
        );
        assert!(page.contains(&format!("id=\"xf-{status}\"")), "{status}");
    }
}

#[test]
fn without_a_script_a_unit_and_a_focal_point_have_pages_of_their_tasks() {
    let built = campaign().build();
    let unit = built.page("/tasks/units/huai-shu-she-qu/");
    assert!(unit.contains("修灯") && unit.contains("挖井") && !unit.contains("铺路"), "{unit}");
    let point = built.page("/tasks/focal-points/livelihood/");
    assert!(point.contains("修灯") && point.contains("拆墙") && !point.contains("挖井"), "{point}");
    // With one, each task has the keys of its boxes.
    let page = built.page("/tasks/");
    for keys in
        ["unit-1 focal-point-4 focal-point-6", "unit-2 focal-point-4 focal-point-6", "unit-1\""]
    {
        assert!(page.contains(&format!("data-keys=\"{keys}")), "{keys}");
    }
    assert!(page.contains("value=\"unit-1\"") && page.contains("value=\"focal-point-6\""));
    assert!(!built.has("/tasks/focal-points/center/"));
}

#[test]
fn a_task_shows_its_four_steps_and_its_stories() {
    let template = "{{ task.status }}:{% for s in task.steps %}{{ s.key }}({% for t in s.texts %}{{ t }};{% endfor %}){% endfor %}{{ list.count }}";
    let page =
        |slug: &str| campaign().template("task.html", template).page(&format!("/tasks/{slug}/"));
    assert_eq!(page("xiu-deng"), "doing:need(楼道太黑;)measures(查线;换灯;)result()feedback()1");
    assert_eq!(
        page("pu-lu"),
        "done:need(一下雨就泥泞;)measures(垫石子;)result(通了;)feedback(都说好走;)0"
    );
    let page = campaign().page("/tasks/xiu-deng/");
    for part in
        ["在办", "2026年7月31日", "/units/huai-shu-she-qu/", "/stories/2026/a/", "step-open"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(campaign().page("/stories/2026/a/").contains("/tasks/chai-qiang/"));
}

#[test]
fn overdue_counts_by_the_day_of_the_build() {
    let overdue = |at: &str| {
        let found = notes(&campaign().at(at));
        found.into_iter().find(|note| note.starts_with("task-overdue"))
    };
    assert_eq!(overdue("2026-05-31 23:59"), None);
    assert_eq!(
        overdue("2026-06-01").unwrap(),
        "task-overdue: 这些实事过了期限还没有办结：挖井（2026-05-31）"
    );
    assert!(overdue("2026-08-01").unwrap().ends_with("修灯（2026-07-31）、挖井（2026-05-31）"));
}

#[test]
fn what_is_done_is_reported_and_what_is_stopped_is_said() {
    let found = notes(&campaign().at("2026-05-20"));
    assert_eq!(
        found,
        [
            "task-unreported: 这些实事已经办结，还没有写结果或反馈：架桥（缺反馈）",
            "task-stopped: 稿件写到的实事“拆墙”，状态是暂缓"
        ]
    );
    let ahead = notes(&campaign().at("2026-05-01"));
    assert!(ahead[0].starts_with("task-done-ahead: “架桥”的办结日期 2026-05-02"), "{ahead:?}");
    assert!(notes(&Campaign::story("", "正文")).is_empty());
}

#[test]
fn mistakes_in_the_list_of_tasks() {
    for (yaml, code, marked) in [
        ("- name: 修灯\n  status: done\n", "task-undated", "done"),
        ("- name: 修灯\n  status: 拟办\n  done_on: 2026-01-01\n", "task-not-done", "2026-01-01"),
        ("- 名称: 修灯\n  状态: 暂缓\n  办结日期: 2026-01-01\n", "task-not-done", "2026-01-01"),
        ("- name: 修灯\n  status: 快了\n", "word-unknown", "快了"),
        ("- name: 修灯\n  due: 月底\n", "date-format", "月底"),
        ("- name: 修灯\n- name: 修 灯\n", "name-taken", "name"),
        ("- name: 修灯\n  deadline: 2026-01-01\n", "key-unknown", "deadline"),
        ("[", "yaml-bracket-open", "["),
    ] {
        Campaign::new("").with("content/tasks.yaml", yaml).errs(code, marked);
    }
    Campaign::new(
        "//- content/units.yaml\n- 甲支部\n//- content/tasks.yaml\n- name: 修灯\n  unit: 甲支步\n",
    )
    .errs("unit-unknown", "甲支步");
    // Sentences have commas.
    let prose = "- {name: 修灯, measures: [先查线，再换灯, 请居民看、听]}\n";
    assert!(Campaign::new("").with("content/tasks.yaml", prose).codes().is_empty());
    let near =
        Campaign::new("").with("content/tasks.yaml", "- {name: 修灯, status: dong}\n").help();
    assert!(near.contains("doing"), "{near}");
}

#[test]
fn hostile_tasks_are_text() {
    let bad = "</li><img src=x onerror=alert(1)>\" data-x=\"";
    let yaml = format!(
        "- name: '{bad}'\n  unit: '{bad}'\n  need: '{bad}'\n  measures: ['{bad}', '{bad}']\n  result: '{bad}'\n  feedback: '{bad}'\n  description: '{bad}'\n"
    );
    let built = Campaign::new("").with("content/tasks.yaml", yaml).build();
    for (path, page) in built.pages() {
        assert!(!page.contains("<img src=x") && !page.contains("\" data-x"), "{path}");
    }
}

#[test]
fn one_status_changes_only_its_own_pages_and_lists() {
    let keys = |campaign: Campaign| {
        let built = campaign.build();
        let renderer = built.prepared.renderer();
        let key = |(path, recipe)| (String::clone(path), renderer.key_of(path, recipe));
        built.prepared.plan.iter().map(key).collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = keys(campaign());
    let done = LISTS
        .replace("name: 挖井,", "name: 挖井, done_on: 2026-05-30,")
        .replace("2026-05-31, status: 在办", "2026-05-31");
    let list = done.split("//- content/tasks.yaml\n").nth(1).unwrap();
    let after = keys(campaign().with("content/tasks.yaml", list));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<&String> =
        before.iter().filter(|(path, key)| after[*path] != **key).map(|(path, _)| path).collect();
    assert_eq!(
        changed,
        ["tasks/index.html", "tasks/units/huai-shu-she-qu/index.html", "tasks/wa-jing/index.html"]
    );
}
