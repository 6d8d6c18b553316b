import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { api } from "../platform/demos";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

test("an owner creates a key that works for a program until it is revoked", async ({ browser }) => {
  const page = await signedInPage(browser, "owner", "/keys");
  await page.getByRole("link", { name: "Create a key" }).click();
  await page.getByRole("heading", { name: "Create a key" }).waitFor();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("Enter a name of at most 100 characters.")).toBeVisible();
  await expect(page.getByText("Enter a purpose.")).toBeVisible();
  await expect(page.getByText("Choose at least one permission.")).toBeVisible();
  await expectReadable(page);

  await page.getByRole("textbox", { name: "Name" }).fill("Dialer South");
  await page.getByRole("textbox", { name: "Purpose" }).fill("Keeps its own list of refusals.");
  await page.getByRole("checkbox", { name: "read opt-outs" }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  const key = await page.getByText(/^rf_[0-9a-f]{32}_[0-9a-f]{64}$/).innerText();
  await expect(page.getByRole("region", { name: "First request" })).toContainText(
    `curl "${api}/v1/opt-outs?limit=1" \\\n  -H "Authorization: Bearer ${key}"`,
  );
  await expect(page.getByRole("link", { name: "API reference" })).toHaveAttribute(
    "href",
    `${api}/docs`,
  );
  await expectReadableAnywhere(page, "a key that was created");

  await page.getByRole("link", { name: "View all keys" }).click();
  const row = page.getByRole("row", { name: /Dialer South/ });
  await expect(row).toContainText("read opt-outs");
  await expect(row).toContainText("Keeps its own list of refusals.");
  await expect(page.getByText(key)).toHaveCount(0);
  const headers = { authorization: `Bearer ${key}` };
  const ask = () => page.request.get(`${api}/v1/opt-outs?limit=1`, { headers });
  expect((await ask()).status()).toBe(200);

  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row).toContainText("revoked");
  expect((await ask()).status()).toBe(401);
});

test("an auditor sees the keys, and why they may not create one", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/keys");
  await expect(page.getByRole("row", { name: /Dialer South/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Create a key" })).toHaveCount(0);
});
