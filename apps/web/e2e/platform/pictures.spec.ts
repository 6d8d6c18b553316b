import { globSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { makeMember } from "../../testing/make-caller";
import { openInstallation } from "../../testing/open-installation";
import { findMember, settle, signInAs } from "./demo";
import { takePicture } from "./looks";
import { completeDemo, writePath } from "./records-of-pages";
import { test } from "./test";

// Takes the pictures of `pnpm screenshots`, without which it does not run. It is no test of the pages:
// `every-page.looks.spec.ts` and the stories are.

const app = path.resolve(import.meta.dirname, "../../src/app");

/** Pages that open only after a step before them. The stories that take these steps take the pictures, too. */
const inStories = [
  "agreed/[receipt]",
  "first-password",
  "my/[organization]/agree/[form]",
  "second-factor",
  "sign-in/[organization]",
];
/** Not in production. */
const notServed = ["sheet"];

const pages = globSync("**/page.tsx", { cwd: app })
  .map((file) => path.dirname(file).replace(/^\.$/, ""))
  .filter((page) => ![...inStories, ...notServed].includes(page))
  .toSorted();

/** The pictures of the docs, by page. */
const inDocs: Readonly<Record<string, string>> = {
  "(workspace)": "today",
  "(workspace)/numbers/[phoneId]": "find-a-number",
  "(workspace)/call/[phoneId]": "call",
  "(workspace)/complaints/[complaintId]": "complaint",
  "(workspace)/rules/[place]": "place",
  "(workspace)/registries": "registries",
  "(workspace)/segments/[segmentId]": "segment",
  "(workspace)/campaigns/[campaignId]": "campaign",
  "(workspace)/forms/[formId]": "form",
  "(workspace)/policy": "policy",
  "(workspace)/ledger": "ledger",
  "my/[organization]": "my",
};
const docsFolder = path.resolve(app, "../../../../docs/images");

for (const locale of ["en", "ru"] as const) {
  test.describe(`in ${locale}`, () => {
    let page: Page;
    let paths: ReadonlyMap<string, string>;

    test.beforeAll(async ({ browser }) => {
      const { state } = test.info().project.metadata;
      const installation = openInstallation(state);
      try {
        const { email } = findMember("owner");
        const organizationId = await completeDemo(installation, { email, state });
        const written: [string, string][] = [];
        for (const one of pages) {
          written.push([one, await writePath(installation, organizationId, one)]);
        }
        paths = new Map(written);
        page = await (await browser.newContext({ locale })).newPage();
        await signInAs(page, await makeMember({ ...installation, organizationId }, "owner"));
      } finally {
        await installation.db.close();
      }
      await settle(page, { locale, zone: "America/New_York", theme: "auto" });
    });
    test.afterAll(() => page.context().close());

    for (const name of pages) {
      test(`/${name}`, async () => {
        const answer = await page.goto(paths.get(name) ?? "");
        expect(answer?.status()).toBe(200);
        await expect(page.locator("h1")).not.toHaveCount(0);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await page.waitForLoadState("networkidle");
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          await takePicture(page, `${name || "start"} ${width}`);
        }
        const file = inDocs[name];
        if (file === undefined || locale !== "en" || !process.env.RINGFENCE_DOCS_IMAGES) return;
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.evaluate(() => window.scrollTo(0, 0));
        await page.screenshot({ path: path.join(docsFolder, `${file}.png`) });
      });
    }
  });
}
