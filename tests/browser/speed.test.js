// How long a reader waits for a table, on a machine four times as slow.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, site } from "./site.js";
import { select, wait, withBook, within } from "./wait.js";

/** @type {import("./site.js").Site} */
let guide;
before(async () => {
  guide = await site();
});
after(() => guide.close());

test("06 the guide answers at once", async (t) => {
  const compare = await open(guide, "compare/");
  within("picking", await wait(compare.page, ".picks label >> nth=1"), t);
  within("differences", await wait(compare.page, "label[for=X-differences]"), t);
  within("ordering", await wait(compare.page, "#X-order", select), t);
  await compare.context.close();
  const list = await open(guide, "frameworks/");
  within("sorting", await wait(list.page, "thead button >> nth=2"), t);
  await list.context.close();
});

test("06 a table of 8,000 cells answers at once, and is whole soon after", async (t) => {
  await withBook([200, 40], async (large) => {
    const list = await open(large, "best-for/need/");
    within("sorting 200 rows of 40", await wait(list.page, "table[data-sorted] thead button >> nth=4"), t);
    await list.page.waitForFunction(() => document.querySelectorAll("table[data-sorted] tbody tr").length === 200);
    assert.equal(await list.page.locator(".mx:has(table[data-sorted])").evaluate((e) => e.style.minHeight), "");
    await list.context.close();

    const compare = await open(large, "compare/");
    const rows = await compare.page.locator("tr[data-k]").count();
    within("picking in 40 rows of 200", await wait(compare.page, ".picks label >> nth=1"), t);
    await compare.page.waitForFunction((n) => document.querySelectorAll("tr[data-k]").length === n, rows);
    const heads = await compare.page.locator(".mx thead th:visible").count();
    const cells = await compare.page.locator("tr[data-k] >> nth=0").locator("td:visible").count();
    assert.equal(heads, cells + 1);
    await compare.context.close();
  });
});
