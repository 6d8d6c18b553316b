import { expect, type Page } from "@playwright/test";
import { makeMember } from "../../testing/make-caller";
import { makeOffers } from "../../testing/make-offers";
import { openInstallation } from "../../testing/open-installation";
import { overwriteTexts } from "../../testing/overwrite-texts";
import { signInAs } from "./demo";
import { test } from "./test";
import { workspacePages } from "./workspace-pages";

// Each test opens all pages.
test.describe.configure({ timeout: 300_000 });

/** Texts that would run, break out of their place, or be calculated if a page wrote them unescaped. */
const markup = [
  `<img src=x data-hostile onerror="window.hostile=1">`,
  `"><script data-hostile>window.hostile=2</script>`,
  `' autofocus data-hostile onfocus="window.hostile=3" x='`,
  `</textarea></title><svg data-hostile onload="window.hostile=4">`,
  `<a data-hostile href="javascript:window.hostile=5">open</a>`,
];
const others = [
  "javascript:window.hostile=6",
  "{{7*7}} ${7*7} <%= 7*7 %> {name, select, other {x}}",
  "\u202Egnp.txet\u202C",
  "نص عربي",
  "=cmd|' /C calc'!A0",
  "zero\u0000character",
  "long ".repeat(4_000),
];

/** Collects dialogs, errors of scripts and failures of the server, which no text may cause. */
function watch(page: Page) {
  const faults: string[] = [];
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

/** Expects that no text became an element of the page, and that nothing in a text ran. */
async function expectOnlyText(page: Page) {
  await expect(page.locator("[data-hostile]"), page.url()).toHaveCount(0);
  expect(await page.evaluate(() => "hostile" in window), page.url()).toBe(false);
}

/** Shortens a path to its kind of page: drops the query, and replaces ids, places and days. */
const toPageKind = (path: string) =>
  path
    .replace(/[?#].*/s, "")
    .replaceAll(/[0-9a-f-]{36}/g, "ID")
    .replace(/^\/rules\/[A-Z]{2}(-\w+)?$/, "/rules/PLACE")
    .replace(/[\d-]{10}$/, "DAY");

/** Paths of the pages that a page links to, one of each kind. */
async function findLinks(page: Page): Promise<[kind: string, path: string][]> {
  const paths = await page
    .locator("main a[href^='/']")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  return paths.filter((path) => !path.startsWith("/api/")).map((path) => [toPageKind(path), path]);
}

test("texts that got past every check are shown as text on all pages", async ({ page }) => {
  const installation = openInstallation();
  try {
    const { organizationId } = await makeOffers(installation);
    const owner = await makeMember({ ...installation, organizationId }, "owner");
    const columns = await overwriteTexts({ ...installation, organizationId }, markup);
    expect(columns.length).toBeGreaterThan(12);

    await signInAs(page, owner);
    const faults = watch(page);
    const waiting = new Map(workspacePages.map((path) => [toPageKind(path), path]));
    const { size: kinds } = waiting;
    const seen = new Set<string>();
    let shown = "";
    for (let next = [...waiting][0]; next !== undefined; next = [...waiting][0]) {
      const [kind, path] = next;
      waiting.delete(kind);
      seen.add(kind);
      await page.goto(path);
      await expectOnlyText(page);
      shown += await page.locator("body").innerText();
      for (const [linked, to] of await findLinks(page)) {
        if (!seen.has(linked)) waiting.set(linked, to);
      }
    }
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(kinds + 5);
    expect(markup.filter((text) => !shown.includes(text))).toEqual([]);
  } finally {
    await installation.db.close();
  }
});

/** Fills all text fields that are shown, each with the next text, and sends their form. */
async function sendHostile(page: Page, nextText: () => string) {
  const fields = page.locator(
    "main :is(textarea, input:not([type]), input:is([type=text], [type=tel], [type=email], [type=url], [type=search], [type=password])):visible:enabled:not([readonly])",
  );
  const count = await fields.count();
  for (let index = 0; index < count; index++) {
    const field = fields.nth(index);
    if (await field.isVisible()) await field.fill(nextText());
  }
  const buttons = page.locator("main form button:is([type=submit], :not([type])):visible:enabled");
  if (count > 0 && (await buttons.count()) > 0) await buttons.last().click();
  return count;
}

test("texts typed into every field of every form run nothing, and break no page", async ({
  page,
}) => {
  const installation = openInstallation();
  try {
    const { organizationId } = await makeOffers(installation);
    const owner = await makeMember({ ...installation, organizationId }, "owner");
    const faults = watch(page);
    const texts = [...markup, ...others];
    let turn = 0;
    const nextText = () => texts[turn++ % texts.length] ?? "";

    const open = ["/stop", `/stop/${organizationId}`, "/my", `/my/${organizationId}`, "/verify"];
    let filled = 0;
    for (const path of [...open, "/sign-in"]) {
      await page.goto(path);
      filled += await sendHostile(page, nextText);
      await page.waitForLoadState("networkidle");
      await expectOnlyText(page);
    }
    await signInAs(page, owner);
    for (const path of workspacePages) {
      await page.goto(path);
      filled += await sendHostile(page, nextText);
      await page.waitForLoadState("networkidle");
      await expectOnlyText(page);
    }
    expect(faults).toEqual([]);
    expect(filled).toBeGreaterThan(40);
  } finally {
    await installation.db.close();
  }
});
