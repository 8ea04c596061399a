// What a page is like, for tour.rs: evaluated in every page of a tour, at every width.
(() => {
  const name = (element) => {
    const classes = [...element.classList].map((word) => "." + word).join("");
    const text = (element.innerText || element.alt || "").trim().slice(0, 16);
    return `<${element.localName}${classes}> ${text}`;
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // No overflow may hide behind the root: it is measured as if nothing were cut off.
  const root = document.documentElement;
  const cut = [root, document.body].map((element) => [element, element.style.overflowX]);
  for (const [element] of cut) element.style.overflowX = "visible";
  const overflow = root.scrollWidth - root.clientWidth;
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = overflow <= 0 ? [] : [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(element))
    .slice(0, 5).map(name);
  for (const [element, before] of cut) element.style.overflowX = before;

  // WCAG contrast of every piece of text against the nearest background colour.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const rgba = (colour) => {
    if (!colours.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      colours.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return colours.get(colour);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      const colour = rgba(style.backgroundColor);
      if (colour[3] === 255) return colour;
      if (colour[3] > 0 || style.backgroundImage !== "none") return null; // not to be told
    }
    return rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff");
  };
  const contrast = (element) => {
    const below = ground(element);
    if (!below) return 21;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(below)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const pale = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    if (pale.has(element) || !seen(element) || element.closest("[aria-hidden=true], script, style, svg")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const value = contrast(element);
    if (value < (large ? 3 : 4.5)) pale.set(element, `${value.toFixed(2)} ${name(element)}`);
  }

  const refers = (attribute) => [...document.querySelectorAll(`[${attribute}]`)]
    .flatMap((element) => element.getAttribute(attribute).split(/\s+/))
    .filter((id) => !document.getElementById(id));
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const addresses = [...document.querySelectorAll("a[href], area[href], link[href]")].map((element) => element.href)
    .concat([...document.querySelectorAll("img[src], script[src], source[src]")].map((element) => element.src));
  const all = (selector) => [...document.querySelectorAll(selector)];
  const paragraph = document.querySelector(".prose p, main p") ?? document.body;
  return {
    width: innerWidth,
    overflow,
    wide,
    lang: root.lang,
    title: document.title,
    headings: all("h1, h2, h3, h4, h5, h6").map((heading) => Number(heading.localName[1])),
    without_alt: all("img:not([alt])").map(name),
    broken_pictures: all("img").filter((image) => image.hasAttribute("src") && image.complete && !image.naturalWidth).map((image) => image.src),
    // A picture beside a link to the same place may be hidden from the keyboard and from readers.
    nameless_links: all("a[href]:not([aria-hidden=true][tabindex='-1'])").filter((link) => !link.textContent.trim() && !link.getAttribute("aria-label")
      && !link.querySelector("img[alt]:not([alt=''])")).map((link) => link.outerHTML),
    low_targets: all("body > header nav :is(a, button, summary)").filter(seen)
      .filter((target) => target.getBoundingClientRect().height < 44)
      .map((target) => `${target.getBoundingClientRect().height.toFixed(0)}px ${name(target)}`),
    // Less than 24 px; within a sentence a link is as high as its line.
    small_targets: all("a[href], button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio])").filter(seen)
      .filter((target) => !target.closest("[aria-hidden=true], .visually-hidden, .skip, [tabindex='-1']"))
      .filter((target) => getComputedStyle(target).display !== "inline" || ![...target.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 1))
      .filter((target) => { const { width, height } = target.getBoundingClientRect(); return width && height && Math.min(width, height) < 23.5; })
      .map((target) => `${target.getBoundingClientRect().height.toFixed(0)}px ${name(target)}`),
    menu: all("body > header nav a").filter(seen).length,
    pale: [...pale.values()],
    background: getComputedStyle(document.body).backgroundColor,
    text_contrast: contrast(paragraph),
    ids,
    repeated_ids: ids.filter((id, at) => ids.indexOf(id) !== at),
    lost_references: ["aria-labelledby", "aria-describedby", "aria-controls", "for"].flatMap(refers),
    links: [...new Set(addresses)],
  };
})()
