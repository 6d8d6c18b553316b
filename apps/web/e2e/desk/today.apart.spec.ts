import { expect, type Page } from "@playwright/test";
import { settle } from "../platform/demo";
import { expectNoAccess } from "../platform/no-access";
import { exampleGroup } from "../platform/example-group";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

/** The figures of a section, each with its number and the address of its list. */
async function readFigures(page: Page, section: string) {
  await expect(page.getByRole("region", { name: section })).toBeVisible();
  const links = page.getByRole("region", { name: section }).locator("figure > ul a");
  const texts = await links.allInnerTexts();
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  return texts.map((text, index) => ({ count: Number(text), href: hrefs[index] ?? "" }));
}

/** Counts the rows of the list on the page. */
const countRows = (page: Page) => page.getByRole("main").locator("tbody tr").count();

test(
  "an officer opens each figure of Today, and its list holds as many",
  { tag: "@persona" },
  async ({ browser }) => {
    const page = await signedInPage(browser, "officer", "/");
    await expect(page.getByRole("heading", { name: "Contacts that can be called" })).toBeVisible();
    const sections = [
      "Contacts that can be called",
      "Consents by source",
      "Opt-outs by campaign",
      "Opt-outs by dialing method",
      "Calls without permission",
    ];
    let opened = 0;
    for (const section of sections) {
      await page.goto("/");
      for (const { count, href } of await readFigures(page, section)) {
        await page.goto(href);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect.poll(() => countRows(page), { message: href }).toBe(count);
        opened += 1;
      }
    }
    expect(opened).toBeGreaterThan(sections.length);
  },
);

test("the charts have tables behind them, and read well in any look", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/");
  const section = page.getByRole("region", { name: "Consents by source" });
  await section.getByText("Show as table").click();
  await expect(section.getByRole("table")).toContainText("Proof incomplete");
  await expectReadableAnywhere(page, "Today");

  await page.goto("/contacts?seller=bank&step=consent");
  await expect(page.getByText("The first check that stops them: Consent.")).toBeVisible();
  await expectReadableAnywhere(page, "contacts at a step");
});

test("Today says the same in Russian", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/");
  await settle(page, { locale: "ru" });
  try {
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Кому можно звонить" })).toBeVisible();
    const [first] = await readFigures(page, "Кому можно звонить");
    await page.goto(first?.href ?? "");
    await expect(page.getByText("Показать весь список")).toBeVisible();
    await expect.poll(() => countRows(page)).toBe(first?.count);
    await page.goto("/");
    await expectReadableAnywhere(page, "Today in Russian", ["narrow", "wide"]);
  } finally {
    await settle(page, { locale: "en" });
  }
});

test("an agent sees no list that a figure opens", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await expectNoAccess(page, "/contacts?seller=bank&step=consent", "Contacts");
});
