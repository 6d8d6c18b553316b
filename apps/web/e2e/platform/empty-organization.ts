import type { Page } from "@playwright/test";
import { makeEmpty } from "../../testing/make-empty";
import { openInstallation } from "../../testing/open-installation";
import { signInAs } from "./demo";
import { test } from "./test";

/** The owner of an organization at its start, signed in on a phone; for all tests of a file. */
export function emptyOrganization() {
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
  return { installation, ownerPage: () => page };
}
