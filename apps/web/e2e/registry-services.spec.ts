import { expect, test } from "@playwright/test";
import { pageOf } from "./demo";
import { expectReadable } from "./looks";

test("an officer connects a registry that is asked, within a budget, and is told what keeps it", async ({
  browser,
}) => {
  const page = await pageOf(browser, "officer", "/registries/connect?code=AU-DNCR");
  const washing = page.getByRole("radio", { name: /Its washing service/ });
  await expect(washing).toBeChecked();
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByText("Give the digits of the account ID.")).toBeVisible();
  await page.getByLabel("Account ID").fill("100200");
  await page.getByLabel("Budget, numbers a month").fill("500");
  await page.getByLabel("Address of the service").fill("http://127.0.0.1:9/washing.cfc");
  await page.getByLabel("Password").fill("wash & go");
  await expectReadable(page);
  await page.screenshot({ path: "test-results/connect-washing.png", fullPage: true });
  await page.getByRole("button", { name: "Connect and read" }).click();

  await expect(page.getByRole("heading", { name: "Australia DNCR", level: 1 })).toBeVisible();
  await expect(page.getByText("0 of 500 numbers")).toBeVisible();
  await expectReadable(page);
  await page.screenshot({ path: "test-results/registry-washing.png", fullPage: true });
  await expect(page.getByText("wash & go")).toHaveCount(0);
});
