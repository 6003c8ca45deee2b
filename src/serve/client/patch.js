// Brings an open page up to what the server would send now, without loading it anew, where
// that is certain to give the same: what differs is words, and elements of prose and of
// tables that no script has touched. Anything else is for a reload.
const fieldguidePatch = (() => {
  "use strict";

  /** The script that every page of a theme has, which leaves tables and drawings alone. */
  const FIRST = /\/theme\/theme\.[0-9a-f]{8}\.js$/;
  /** Whether no script of the page has to do with them. */
  const isStill = [...document.querySelectorAll("script[src]:not([data-token])")].every(({ src }) => FIRST.test(src));
  /** Elements that a change of may be shown at once. */
  const PROSE =
    "a,abbr,b,blockquote,br,cite,code,dd,del,dl,dt,em,h1,h2,h3,h4,h5,h6,hr,i,img,kbd,li,mark,ol,p,pre,q,s,small," +
    `span,strong,sub,sup,time,ul${isStill ? ",caption,td,th,tr,rect,svg" : ""}`;
  /** Elements whose content scripts may have read or changed. */
  const TOUCHED =
    "form,button,select,input,textarea,script,style,dialog,details,[data-filter],[aria-live]" +
    (isStill ? "" : ",svg,table");
  /** What stands in the head for others than the reader. */
  const SAID = 'title,meta,link[rel="canonical"],script[type="application/ld+json"]';
  const OURS = "fieldguide-findings, script[data-token], link[href$='~fieldguide/findings.css']";

  /** A copy of a document's root without what the preview added. */
  function pristine(root) {
    const copy = root.cloneNode(true);
    for (const own of copy.querySelectorAll(OURS)) own.remove();
    // The parser puts what follows the body's end into it, which comes after the script.
    const body = copy.querySelector("body");
    while (body.lastChild && body.lastChild.nodeType === Node.TEXT_NODE) body.lastChild.remove();
    return copy;
  }

  const isProse = (element) =>
    [element, ...element.querySelectorAll("*")].every((one) => one.matches(PROSE) && !one.id);

  const isSame = (one, other) => one.isEqualNode(other);

  const hasSameAttributes = (one, other) => one.cloneNode(false).isEqualNode(other.cloneNode(false));

  /** What stands for a child in the open page, to which scripts may have added others. */
  function livingChild(old, child, live) {
    if (child.nodeType !== Node.ELEMENT_NODE) {
      const isWhole = live.childNodes.length === old.childNodes.length;
      return isWhole ? live.childNodes[[...old.childNodes].indexOf(child)] : null;
    }
    const isAlike = (other) => other.localName === child.localName && other.id === child.id;
    const alike = [...old.children].filter(isAlike);
    const living = [...live.children].filter((other) => isAlike(other) && !other.matches(OURS));
    return living.length === alike.length ? living[alike.indexOf(child)] : null;
  }

  /** The steps that bring an element up to date; null if there is no sure way. */
  function steps(old, fresh, live) {
    if (isSame(old, fresh)) return [];
    if (!live || live.matches(TOUCHED)) return null;
    const isDivided =
      old.childNodes.length === fresh.childNodes.length && hasSameAttributes(old, fresh) &&
      [...old.childNodes].every((child, i) => child.nodeName === fresh.childNodes[i].nodeName);
    if (!isDivided) {
      const isSure = isProse(old) && isProse(fresh) && isSame(old, live) && !live.contains(document.activeElement);
      return isSure ? [() => live.replaceWith(document.importNode(fresh, true))] : null;
    }
    const all = [];
    for (const [i, child] of [...old.childNodes].entries()) {
      const next = fresh.childNodes[i];
      if (isSame(child, next)) continue;
      const living = livingChild(old, child, live);
      if (child.nodeType === Node.ELEMENT_NODE) {
        const more = steps(child, next, living);
        if (!more) return null;
        all.push(...more);
      } else {
        if (!living || living.data !== child.data) return null;
        all.push(() => (living.data = next.data));
      }
    }
    return all;
  }

  /** The steps for the head: nothing may differ but what is said of the page. */
  function headSteps(old, fresh) {
    const rest = (head) => {
      const copy = head.cloneNode(true);
      for (const said of copy.querySelectorAll(SAID)) said.remove();
      for (const text of [...copy.childNodes]) if (text.nodeType === Node.TEXT_NODE) text.remove();
      // Style sheets are swapped elsewhere; their names differ in a hash alone.
      for (const link of copy.querySelectorAll("link")) {
        link.setAttribute("href", link.getAttribute("href").replace(/\.[0-9a-f]{8}\.css$/, ".css"));
      }
      return copy;
    };
    const said = (head) => [...head.querySelectorAll(SAID)];
    const [before, after, live] = [said(old), said(fresh), said(document.head)];
    if (!isSame(rest(old), rest(fresh)) || before.length !== after.length || before.length !== live.length) return null;
    const changed = before.map((one, i) => [one, after[i], live[i]]).filter(([one, other]) => !isSame(one, other));
    return changed.map(([, other, living]) => () => living.replaceWith(document.importNode(other, true)));
  }

  /** Asks for the page as a document. */
  const ask = (path) =>
    new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.responseType = "document";
      request.onload = () => done(request.status === 200 ? request.responseXML : null);
      request.onerror = failed;
      request.open("GET", path);
      request.send();
    });

  // No script but those of the head has run yet.
  let old = pristine(document.documentElement);

  /** Brings the page up to date; its new stamp, or null if it has to be loaded again. */
  return async (path) => {
    const made = await ask(path);
    const stamp = made?.querySelector("script[data-token]")?.dataset.stamp;
    if (!stamp) return null;
    const fresh = pristine(made.documentElement);
    const find = (root, name) => root.querySelector(name);
    const head = headSteps(find(old, "head"), find(fresh, "head"));
    const body = steps(find(old, "body"), find(fresh, "body"), document.body);
    if (!head || !body) return null;
    for (const step of [...head, ...body]) step();
    old = fresh;
    return stamp;
  };
})();
