import { expect } from "@playwright/test";
import { phones } from "../../testing/example-phones";
import { defaultSettings, settle } from "../platform/demo";
import { exampleGroup, find, verdict } from "../platform/example-group";
import { expectReadableAnywhere, sameColors } from "../platform/looks";
import { test } from "../platform/test";

const { signedInPage } = exampleGroup();

test("every state is accessible, in both languages", async ({ browser }) => {
  test.slow();
  const page = await signedInPage(browser, "auditor");
  const seen: [string, string][] = [
    ["today", "/"],
    ["empty", "/numbers"],
  ];
  for (const number of [phones.dana, phones.nina, phones.unknown, phones.stranger, "nobody"]) {
    await page.goto("/numbers");
    await find(page, number);
    await expect(verdict(page)).toBeVisible();
    await page.waitForURL(/numbers(\/|\?)/);
    seen.push([number, page.url()]);
  }
  for (const locale of ["en", "ru"] as const) {
    await settle(page, { locale });
    for (const [name, address] of seen) {
      await page.goto(address);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectReadableAnywhere(page, name, locale === "en" ? undefined : sameColors);
    }
  }
  await settle(page, defaultSettings);
});
