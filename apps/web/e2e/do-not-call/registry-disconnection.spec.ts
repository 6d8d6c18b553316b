import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const ctps = "UK Corporate TPS";

test("two officers disconnect a registry that a rule requires, and one connects it again", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/registries/connect?code=GB-CTPS");
  await page.getByRole("radio", { name: /^Uploaded by hand/ }).check();
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("heading", { name: ctps, level: 1 })).toBeVisible();
  const address = page.url();

  await page.getByRole("button", { name: "Disconnect" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Calls that it covers will be refused");
  await expect(dialog).toContainText("A second officer has to accept this.");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Its source was mistyped.");
  await expectReadable(page);
  await dialog.getByRole("button", { name: "Ask a second officer" }).click();
  const asked = page.getByRole("group", { name: "An officer asks to disconnect this registry" });
  await expect(asked).toContainText("Its source was mistyped.");
  await expect(asked.getByRole("button", { name: "Accept" })).toHaveAccessibleDescription(
    "You proposed this, so another person has to accept it.",
  );
  await expectReadable(page);

  const other = await signedInPage(browser, "owner", address);
  await other.getByRole("button", { name: "Accept" }).click();
  const confirm = other.getByRole("dialog");
  await expect(confirm).toContainText("Calls that it covers will be refused");
  await confirm.getByRole("textbox", { name: "Reason" }).fill("I have seen it too.");
  await confirm.getByRole("button", { name: "Disconnect" }).click();
  await expect(other.getByRole("group", { name: "This registry is disconnected" })).toContainText(
    "Its source was mistyped.",
  );
  await expectReadable(other);

  await page.goto("/registries");
  await expect(page.getByRole("region", { name: "Connected", exact: true })).not.toContainText(
    ctps,
  );
  await page.getByRole("link", { name: `Connect ${ctps} again` }).click();
  await page.getByRole("button", { name: "Connect again" }).click();
  await expect(page.getByRole("button", { name: "Disconnect" })).toBeVisible();
});
