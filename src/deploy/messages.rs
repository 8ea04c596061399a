//! Messages about deploying, one constructor each.

use super::store::{Listed, Trouble};
use crate::diagnostic::{Diagnostic, error, note};
use crate::source::Place;
use crate::value::nearest::nearest_name;

/// So many paths are named where there are many.
const SHOWN: usize = 5;

fn some<'p>(paths: impl Iterator<Item = &'p str>, count: usize) -> (String, String) {
    let first: Vec<&str> = paths.take(SHOWN).collect();
    match count > first.len() {
        true => (
            format!("{} 等 {count} 个", first.join("、")),
            format!("{} and {} more", first.join(", "), count - first.len()),
        ),
        false => (first.join("、"), first.join(", ")),
    }
}

/// site.yaml names no target.
pub fn no_target(place: Place) -> Diagnostic {
    error(
        "deploy-target-missing",
        place,
        "site.yaml 里没有写把网站传到哪里",
        "site.yaml does not say where to send the site",
    )
    .help(
        "加上：deploy: {default: {to: \"s3://桶名/前缀\", endpoint: \"https://服务地址\", region: 地域}}；存到 U 盘或共享文件夹写 deploy: {default: \"file:///文件夹\"}",
        "add `deploy: {default: {to: \"s3://bucket/prefix\", endpoint: \"https://host\", region: name}}`; for a folder, `deploy: {default: \"file:///folder\"}`",
    )
}

/// There is no target of this name.
pub fn target_unknown(place: Place, name: &str, names: &[&str]) -> Diagnostic {
    let near = nearest_name(name, names.iter().copied());
    error(
        "deploy-target-unknown",
        place,
        format!("site.yaml 的 deploy 里没有“{name}”"),
        format!("`deploy` in site.yaml has no “{name}”"),
    )
    .nearest(
        near,
        &format!("有 {}；运行 xianfeng deploy 名字", names.join("、")),
        &format!("there are {}; run `xianfeng deploy NAME`", names.join(", ")),
    )
}

/// There are several targets, and none is the usual one.
pub fn target_unsaid(place: Place, names: &[&str]) -> Diagnostic {
    error(
        "deploy-target-unsaid",
        place,
        "deploy 里有几个目标，没有一个叫 default，不知道要传到哪一个",
        "`deploy` has several targets, and none of them is called default",
    )
    .help(
        format!("运行 xianfeng deploy {}", names.first().unwrap_or(&"")),
        format!("run `xianfeng deploy {}`", names.first().unwrap_or(&"")),
    )
}

/// The target is in the project.
pub fn in_project(place: &Place, name: &str) -> Diagnostic {
    error(
        "deploy-in-project",
        place.clone(),
        format!("目标“{name}”在网站文件夹自己里面（或者网站文件夹在它里面），不能传到那里"),
        format!("the target “{name}” lies in the project, or the project in it"),
    )
    .help("另选一个文件夹，例如 U 盘或共享文件夹", "use another folder, such as a stick or a share")
}

/// The target holds what is not ours.
pub fn not_ours(place: &Place, name: &str, listed: &[Listed]) -> Diagnostic {
    let (zh, en) = some(listed.iter().map(|there| &*there.path), listed.len());
    error(
        "deploy-not-ours",
        place.clone(),
        format!("目标“{name}”里已经有不是本程序上传的文件：{zh}"),
        format!("the target “{name}” holds files that this program did not send: {en}"),
    )
    .help(
        "那里没有本程序的文件清单（.xianfeng-deploy）。检查地址写对没有，或换一个空的前缀、空文件夹；确实要和它们放在一起，加上 --force（原有的文件不动）；那里就是以前传的网站，只是清单丢了，运行 xianfeng deploy --force --verify",
        "the list of this program (.xianfeng-deploy) is not there. Check the address, or use an empty prefix or folder; to put the site beside them, use --force (they stay as they are); if it is this site and only its list was lost, use `xianfeng deploy --force --verify`",
    )
}

/// Files stand at the target that are no part of the site.
pub fn strangers(place: &Place, name: &str, paths: &[&str]) -> Diagnostic {
    let (zh, en) = some(paths.iter().copied(), paths.len());
    let count = paths.len();
    note(
        "deploy-strangers",
        place.clone(),
        format!("目标“{name}”里还有 {count} 个文件，现在的网站没有它们，本程序也没有记录，没有动：{zh}"),
        format!("“{name}” holds files that the site does not have and this program does not know ({count}); they stay: {en}"),
    )
    .help(
        "其中有已经撤下的网页的，读者还打得开：到那里把它删掉；别人的文件不用管",
        "if there are pages among them that were withdrawn, readers can still open them: delete them there; files of others may stay",
    )
}

/// Files of others stand where ours must go; is there no list of ours at all?
pub fn foreign(place: &Place, name: &str, paths: &[String], is_unknown: bool) -> Diagnostic {
    let (zh, en) = some(paths.iter().map(|path| &**path), paths.len());
    let diagnostic = error(
        "deploy-file-foreign",
        place.clone(),
        format!("目标“{name}”里这些位置已经有别的文件，网站正好要用，没有覆盖：{zh}"),
        format!(
            "files of others in “{name}” are in the place of ours, and were not overwritten: {en}"
        ),
    );
    if is_unknown {
        return diagnostic.help(
            "那里没有本程序的文件清单（.xianfeng-deploy），分不清哪些是以前上传的。是以前上传的，运行 xianfeng deploy --force --verify，把它们换成现在的；是别人的，就换一个空的前缀、空文件夹",
            "the list of this program (.xianfeng-deploy) is missing there, so that nobody knows what it sent. If it sent these files, use `xianfeng deploy --force --verify`, which replaces them; else use an empty prefix or folder",
        );
    }
    diagnostic.help(
        "确认不要了就到那里把它们删掉，或换一个空的前缀、空文件夹，再运行一次 xianfeng deploy",
        "delete them there if nobody needs them, or use an empty prefix or folder, then deploy again",
    )
}

/// Much of the site would go.
pub fn shrinks(place: &Place, name: &str, gone: &[&str], there: usize) -> Diagnostic {
    let (zh, en) = some(gone.iter().copied(), gone.len());
    let count = gone.len();
    error(
        "deploy-shrinks",
        place.clone(),
        format!("目标“{name}”有 {there} 个文件，这一次要删掉其中 {count} 个，多得不像是有意的，什么也没有做：{zh}"),
        format!("of {there} files at “{name}” this would remove {count}, which is hardly meant; nothing was done: {en}"),
    )
    .help(
        "先看 xianfeng deploy --dry-run 列出的文件；确实要删，加上 --yes",
        "look at `xianfeng deploy --dry-run` first; if it is meant, use --yes",
    )
}

/// Another deploy to the same target is at work.
pub fn busy(place: &Place, name: &str) -> Diagnostic {
    error(
        "deploy-busy",
        place.clone(),
        format!("另一台电脑（或另一个窗口）正在往“{name}”部署"),
        format!("another deploy to “{name}” is at work"),
    )
    .help("等它做完，再运行一次 xianfeng deploy", "wait until it has finished, then deploy again")
}

/// An earlier deploy did not come to its end.
pub fn goes_on(place: &Place, name: &str) -> Diagnostic {
    note(
        "deploy-goes-on",
        place.clone(),
        format!("上一次往“{name}”部署没有做完，这一次接着做"),
        format!("an earlier deploy to “{name}” did not finish; this one goes on"),
    )
}

/// Every file that is there was looked at.
pub fn verified(place: &Place, name: &str, repaired: &[String]) -> Diagnostic {
    let (zh, en) = match repaired.len() {
        0 => ("没有发现问题".to_string(), "found nothing wrong".to_string()),
        count => {
            let (zh, en) = some(repaired.iter().map(|path| &**path), count);
            (
                format!("{count} 个文件少了或不一样，重新上传：{zh}"),
                format!("{count} files were missing or different, and are sent again: {en}"),
            )
        }
    };
    note(
        "deploy-verified",
        place.clone(),
        format!("逐个核对了“{name}”里的文件：{zh}"),
        format!("looked at every file at “{name}”: {en}"),
    )
}

/// The list of files was made anew, from the site as it is now.
pub fn remade(place: &Place, name: &str) -> Diagnostic {
    note(
        "deploy-list-remade",
        place.clone(),
        format!(
            "“{name}”的文件清单（.xianfeng-deploy）丢了或坏了，照现在的网站重做，网站的文件全部重新上传"
        ),
        format!(
            "the list of files at “{name}” (.xianfeng-deploy) was lost or damaged; it is made anew, and all files of the site are sent again"
        ),
    )
}

/// The manifest is not as it was written.
pub fn manifest_damaged(place: &Place, name: &str) -> Diagnostic {
    error(
        "deploy-manifest-damaged",
        place.clone(),
        format!("目标“{name}”里的文件清单（.xianfeng-deploy）坏了，不知道那里有什么"),
        format!("the list of files at “{name}” (.xianfeng-deploy) is damaged"),
    )
    .help(
        "运行 xianfeng deploy --verify，按那里实有的文件重做清单",
        "run `xianfeng deploy --verify`, which makes it anew from the files that are there",
    )
}

/// A newer version of the program has written the manifest.
pub fn manifest_newer(place: &Place, name: &str) -> Diagnostic {
    error(
        "deploy-manifest-newer",
        place.clone(),
        format!("目标“{name}”上一次是用更新版本的 xianfeng 部署的，这个版本读不懂它的文件清单"),
        format!(
            "a newer version of xianfeng has deployed to “{name}”; this one cannot read its list"
        ),
    )
    .help("换用新版本的 xianfeng", "use the newer version")
}

/// Something could not be done at a target.
pub fn trouble(place: &Place, name: &str, trouble: Trouble) -> Diagnostic {
    const AGAIN: (&str, &str) = (
        "过一会儿再运行一次 xianfeng deploy，会接着做",
        "deploy again later; it goes on where it ended",
    );
    let with = |text: &str| if text.is_empty() { String::new() } else { format!("（{text}）") };
    let and = |text: &str| if text.is_empty() { String::new() } else { format!(" ({text})") };
    let (code, zh, en, (help_zh, help_en)): (_, String, String, (String, String)) = match trouble {
        Trouble::Fault(fault) => {
            let said = fault.message();
            let again = (
                "改好以后再运行一次 xianfeng deploy，会接着做",
                "deploy again once that is fixed; it goes on where it ended",
            );
            let (zh, en) = (said.zh, said.en);
            ("deploy-io", format!("往“{name}”部署时{zh}"), format!("“{name}”: {en}"), own(again))
        }
        Trouble::Unreachable(said) => (
            "deploy-unreachable",
            format!("连不上“{name}”{}", with(&said.zh)),
            format!("cannot reach “{name}”{}", and(&said.en)),
            own((
                "检查网络，检查 site.yaml 里的地址；已经传上去的不用重传，再运行一次 xianfeng deploy 就接着做",
                "check the network and the address in site.yaml; then deploy again, which goes on where it ended",
            )),
        ),
        Trouble::Certificate(said) => (
            "deploy-certificate",
            format!("“{name}”的安全证书有问题，没有连接{}", with(&said.zh)),
            format!("the certificate of “{name}” is not valid; nothing was sent{}", and(&said.en)),
            own((
                "检查这台电脑的日期；证书过期了请服务商更新；单位自己签发的证书要先装到这台电脑上",
                "check the date of this computer; an expired certificate is its owner's to renew; one of your own must be installed on this computer",
            )),
        ),
        Trouble::Refused(said) => (
            "deploy-refused",
            format!("“{name}”拒绝了：{}{}", refused(&said).0, with(&said)),
            format!("“{name}” refused: {}{}", refused(&said).1, and(&said)),
            own((
                "检查密钥（环境变量或密钥文件）、桶名和 region；这把密钥要能读、写、列出、删除那里的文件",
                "check the keys, the bucket and the region; the keys must allow to read, write, list and delete there",
            )),
        ),
        Trouble::Missing(what) => (
            "deploy-place-missing",
            format!("“{name}”那里没有“{what}”"),
            format!("there is no “{what}” at “{name}”"),
            own((
                "检查名字；桶和文件夹要先建好，U 盘和共享文件夹要先插上、连上",
                "check the name; a bucket or folder must exist, a stick be plugged in and a share connected",
            )),
        ),
        Trouble::NoStorage(said) => (
            "deploy-no-storage",
            format!("“{name}”的地址答复的是网页，不是存储服务{}", with(&said)),
            format!("what answers at “{name}” is a web page, not a storage{}", and(&said)),
            own((
                "检查 endpoint：要写存储服务的地址，不是控制台或网站的地址；有的单位上网要先登录",
                "check the endpoint: it is that of the storage, not of a console or a site; some networks want a login first",
            )),
        ),
        Trouble::Full(said) => (
            "deploy-full",
            format!("“{name}”的空间用完了{}", with(&said)),
            format!("there is no room left at “{name}”{}", and(&said)),
            own((
                "腾出空间或增加配额，再运行一次 xianfeng deploy，会接着做",
                "make room, then deploy again; it goes on where it ended",
            )),
        ),
        Trouble::TooLarge(said) => (
            "deploy-too-large",
            format!("“{name}”收不下这么大的文件{}", with(&said)),
            format!("“{name}” takes no file as large as this{}", and(&said)),
            own((
                "FAT32 格式的 U 盘，单个文件要小于 4 GB，换成 exFAT 格式；服务器的上限请管理员调大（nginx 是 client_max_body_size）；或者换一个小些的文件",
                "a stick with FAT32 has no file of 4 GB, use exFAT; the limit of a server is its administrator's to raise (client_max_body_size in nginx); or use a smaller file",
            )),
        ),
        Trouble::Login(said) => (
            "deploy-login",
            format!("登录不上“{name}”{}", with(&said)),
            format!("cannot log in to “{name}”{}", and(&said)),
            own((
                "先在命令窗口里用 ssh 连一次那台主机：要能用密钥（不是密码）登录；用户名写在目标地址里，公钥请服务器管理员登记",
                "connect to that host with ssh once: it must let you in by a key, not a password; the user is in the address of the target, the public key is for its administrator to add",
            )),
        ),
        Trouble::Unsaid(program, said) => (
            "deploy-unsaid",
            format!("“{name}”不肯写入，没有说原因（{program}：{said}）"),
            format!("“{name}” refused to write and did not say why ({program}: {said})"),
            own((
                "多半是那里的空间或配额用完了，或者文件夹没有写权限：请服务器管理员看一看，再运行一次 xianfeng deploy，会接着做",
                "most likely there is no room left, or no right to write: ask its administrator, then deploy again, which goes on where it ended",
            )),
        ),
        Trouble::Overloaded(said) => (
            "deploy-overloaded",
            format!("“{name}”忙不过来，试了几次都没有成功{}", with(&said)),
            format!("“{name}” is too busy, however often it was asked{}", and(&said)),
            own(AGAIN),
        ),
        Trouble::Clock(said) => (
            "deploy-clock",
            format!("这台电脑的时间和“{name}”差得太多{}", with(&said)),
            format!(
                "the clock of this computer differs too much from that of “{name}”{}",
                and(&said)
            ),
            own(("把这台电脑的日期和时间调准", "set the clock of this computer")),
        ),
        Trouble::Answer(said) => (
            "deploy-answer",
            format!("“{name}”没有照办{}", with(&said)),
            format!("“{name}” did not do what it was asked{}", and(&said)),
            own((
                "把括号里的话告诉服务商或网站管理员；再运行一次 xianfeng deploy 会接着做",
                "tell its owner what stands in brackets; another deploy goes on where this one ended",
            )),
        ),
        Trouble::Overtaken => (
            "deploy-overtaken",
            format!("另一个部署接手了“{name}”，这一次停下了"),
            format!("another deploy to “{name}” has taken over; this one stopped"),
            own((
                "等它做完，再运行一次 xianfeng deploy",
                "wait until it has finished, then deploy again",
            )),
        ),
        Trouble::NoProgram(program) => (
            "deploy-program-missing",
            format!("往“{name}”部署要用 {program}，这台电脑上没有"),
            format!("deploying to “{name}” needs {program}, which is not here"),
            (format!("先装好 {program}"), format!("install {program}")),
        ),
        Trouble::Program(program, said) => (
            "deploy-program-failed",
            format!("往“{name}”部署时 {program} 没有成功{}", with(&said)),
            format!("“{name}”: {program} failed{}", and(&said)),
            own((
                "先在命令窗口里用 ssh 连一次那台主机，记住它的密钥，并用密钥（不是密码）登录",
                "connect to that host with ssh once, so that its key is known, and log in with a key, not a password",
            )),
        ),
        Trouble::NoSecret(names) => (
            "deploy-secret-missing",
            format!("往“{name}”部署要用密钥，没有找到 {}", names.join("、")),
            format!("deploying to “{name}” needs {}, which are not set", names.join(", ")),
            own((
                "设成环境变量；或者写在一个文件里，一行一个（名字=值），把文件的位置写在目标的 secrets 里。密钥不要写进 site.yaml",
                "set them in the environment, or write them to a file (NAME=value) and name it as `secrets` of the target; never in site.yaml",
            )),
        ),
        Trouble::SecretFile(file, why) => (
            "deploy-secret-file",
            format!("密钥文件“{file}”不能用：{}", why.zh),
            format!("the file with keys, “{file}”, cannot be used: {}", why.en),
            own((
                "密钥文件放在自己的主目录里，只有自己能读",
                "keep it in your home folder, where only you can read it",
            )),
        ),
        Trouble::NotBuilt => (
            "deploy-not-built",
            format!("这个 xianfeng 没有带对象存储和 WebDAV 的部分，不能往“{name}”部署"),
            format!(
                "this xianfeng was built without object storage and WebDAV, which “{name}” needs"
            ),
            own((
                "用发行的安装包；自己编译的，加上 --features deploy：cargo install --path . --features deploy",
                "use a released package; from source, `cargo install --path . --features deploy`",
            )),
        ),
    };
    error(code, place.clone(), zh, en).help(help_zh, help_en)
}

/// Why a target has refused, as far as what it said tells.
fn refused(said: &str) -> (&'static str, &'static str) {
    let says = |words: &[&str]| words.iter().any(|words| said.contains(words));
    if says(&["SignatureDoesNotMatch"]) {
        return ("AWS_SECRET_ACCESS_KEY 不对", "AWS_SECRET_ACCESS_KEY is wrong");
    }
    if says(&["InvalidAccessKeyId"]) {
        return ("没有 AWS_ACCESS_KEY_ID 说的这把密钥", "it does not know the AWS_ACCESS_KEY_ID");
    }
    if says(&["AccessDenied", "Permission denied"]) {
        return ("没有权限", "no right to do this");
    }
    ("密钥不对，或者没有权限", "wrong keys, or no right to do this")
}

fn own((zh, en): (&str, &str)) -> (String, String) {
    (zh.into(), en.into())
}
