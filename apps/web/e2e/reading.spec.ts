import { expect, type Page } from "@playwright/test";
import { makeEmpty } from "../testing/make-empty";
import { openInstallation } from "../testing/open-installation";
import { signInAs } from "./demo";
import { expectReadable } from "./looks";
import { test } from "./test";

const installation = openInstallation();
let page: Page;

test.beforeAll(async ({ browser }) => {
  const { owner } = await makeEmpty(installation);
  page = await (await browser.newContext({ viewport: { width: 390, height: 900 } })).newPage();
  await signInAs(page, owner);
});
test.afterAll(async () => {
  await page.context().close();
  await installation.db.close();
});

/** Pages with the database table that their content waits for. Nothing above that content reads it. */
const tables = {
  "/": "screening",
  "/opt-outs": "opt_out",
  "/suppressions": "suppression",
  "/contacts": "contact",
  "/activities": "activity",
  "/segments": "segment",
  "/offers": "offer",
  "/relevance": "relevance_threshold",
};

for (const [path, table] of Object.entries(tables)) {
  test(`${path} says that it is loading, and is accessible meanwhile`, async () => {
    const bones = page.locator("[aria-busy]");
    await installation.db.prisma.$transaction(
      async (locking) => {
        await locking.$executeRawUnsafe(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
        await page.goto(path, { waitUntil: "commit" });
        await expect(bones).toHaveText("Loading");
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectReadable(page, { what: `${path}, being read` });
      },
      { timeout: 60_000 },
    );
    await expect(bones).toHaveCount(0);
  });
}
