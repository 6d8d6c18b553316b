import type { OrganizationId } from "@ringfence/core/ids";
import type { Browser, Page } from "@playwright/test";
import { test } from "@playwright/test";
import { makeExampleGroup } from "../../testing/example-group";
import { openInstallation } from "../../testing/open-installation";
import { openSignedInPage } from "./demo";

/**
 * Creates the example group before the tests of a file, and helps its members open pages and look up
 * numbers. Its id can be set where a setting of the demo names it.
 */
export function exampleGroup(chosen: { id?: OrganizationId } = {}) {
  const installation = openInstallation();
  let made: Awaited<ReturnType<typeof makeExampleGroup>>;
  test.beforeAll(async () => {
    made = await makeExampleGroup(installation, chosen);
  });
  test.afterAll(() => installation.db.close());

  type Who = keyof (typeof made)["members"];
  return {
    installation,
    members: () => made.members,
    organizationId: () => made.organizationId,
    signedInPage: async (browser: Browser, who: Who, from = "/numbers") => {
      const page = await openSignedInPage(browser, made.members[who]);
      await page.goto(from);
      return page;
    },
  };
}

export async function find(page: Page, number: string) {
  await page.getByRole("textbox", { name: "Phone number" }).fill(number);
  await page.getByRole("button", { name: "Find", exact: true }).click();
}

export const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });
