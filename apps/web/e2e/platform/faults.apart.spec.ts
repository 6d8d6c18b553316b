import { expect, type Page } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { signedInPage } from "./demo";
import { exampleGroup } from "./example-group";
import { expectReadable } from "./looks";
import { test } from "./test";

const { organizationId } = exampleGroup();

/** Sends a form with a mistake in a field, checks that the focus moves there, and corrects it. */
async function mend(page: Page, label: string, button: string) {
  const field = page.getByRole("textbox", { name: label });
  const send = page.getByRole("button", { name: button, exact: true });
  const isLed = async () => {
    await send.click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport();
  };
  await isLed();
  await expectReadable(page);
  // A second mistake in the same field is announced again.
  await field.fill("13");
  await expect(page.locator("form").getByRole("alert")).toHaveCount(0);
  await isLed();
  return field;
}

for (const [from, button] of [
  ["stop", "Stop all calls"],
  ["my", "Send me a code"],
] as const) {
  test(`a mistyped number on /${from} gets the focus and a fault until it is corrected`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 400 });
    await page.goto(`/${from}/${formatPublicAddress(OrganizationId.parse(organizationId()))}`);
    await page.getByLabel("Your phone number").fill("12");
    const field = await mend(page, "Your phone number", button);
    await field.fill("+1 201 555 0144");
    await expect(page.locator("form").getByRole("alert")).toHaveCount(0);
  });
}

test("an unfinished form moves the focus to its first faulty field", async ({ browser }) => {
  const page = await signedInPage(browser, "owner", "/members/new");
  const [name, email] = [
    page.getByRole("textbox", { name: "Name" }),
    page.getByRole("textbox", { name: "E-mail" }),
  ];
  const faults = page.locator("form").getByRole("alert");
  const send = page.getByRole("button", { name: "Add member" });
  await send.click();
  await expect(faults).toHaveCount(2);
  await expect(name).toBeFocused();
  await name.fill("Ada");
  await expect(faults).toHaveCount(1);
  await email.fill("nobody");
  await send.click();
  await expect(faults).toHaveCount(1);
  await expect(email).toBeFocused();
  await email.fill("ada@shop.example");
  await expect(faults).toHaveCount(0);
});
