import { expect } from "@playwright/test";
import { emptyOrganization } from "./empty-organization";
import { expectReadable } from "./looks";
import { test } from "./test";

const { installation, ownerPage } = emptyOrganization();

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
    const page = ownerPage();
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
