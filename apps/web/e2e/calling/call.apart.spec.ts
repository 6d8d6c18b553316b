import { expect, type Page } from "@playwright/test";
import { phones } from "../../testing/example-phones";
import { settle } from "../platform/demo";
import { onLine, stopped } from "./call-steps";
import { exampleGroup, find, verdict } from "../platform/example-group";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { installation, organizationId, signedInPage } = exampleGroup();

const refused = (e164: string) =>
  installation.db.prisma.optOut.findMany({
    where: { organizationId: organizationId(), phone: { e164 } },
    include: { seller: true },
    orderBy: { id: "desc" },
    take: 1,
  });

/** Looks a number up as an agent does. */
async function lookUp(page: Page, number: string) {
  await page.goto("/call");
  await find(page, number);
  await expect(verdict(page)).toBeVisible();
}

test(
  "an agent records an opt-out with one key, and reads the reference back in the person's language",
  { tag: "@persona" },
  async ({ browser }) => {
    const page = await signedInPage(browser, "agent", "/call");
    await onLine(page, phones.nina);
    await expect(page).toHaveURL(/\/call\/[\da-f-]{36}$/); // the page that a dialer opens
    await expect(verdict(page)).toContainText("You may call");
    await expect(page.getByText("Вы можете отказаться от таких звонков")).toBeVisible();

    const keys: string[] = [];
    const press = async (key: string) => {
      keys.push(key);
      await page.keyboard.press(key);
    };
    const readBack = page.getByText("Ваш отказ записан. Example Group больше не");
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 30_000);
    await press("Enter");
    // The page's clock only advances in small steps, so that the test fails if anything on the page waits.
    await expect
      .poll(async () => {
        await page.clock.runFor(20);
        return readBack.isVisible();
      })
      .toBe(true);
    await page.clock.resume();
    expect(keys).toEqual(["Enter"]);

    const [row] = await refused(phones.nina);
    expect(row).toMatchObject({ scope: "all", channel: "agent" });
    const status = page.getByRole("status").filter({ hasText: "Stopped." });
    await expect(status).toContainText(`Reference ${row?.reference}`);
    await expect(status.locator("p")).toBeFocused();
    await expect(verdict(page)).toContainText("Do not call");
    await expectReadable(page);

    await press("n");
    await expect(page).toHaveURL(/\/call$/);
  },
);

test("other keys choose a narrower opt-out, wherever the focus is", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/call");
  await onLine(page, phones.stranger);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("3");
  await expect(page.getByRole("radio", { name: /about Marketing/ })).toBeChecked();
  await page.keyboard.press("2");
  await expect(page.getByRole("radio", { name: /Example Bank/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Stopped.")).toBeVisible();
  expect(await refused(phones.stranger)).toMatchObject([
    { scope: "seller", seller: { key: "bank" }, channel: "agent" },
  ]);
});

test("an opt-out works for a number that is not on record, and invalid input is explained", async ({
  browser,
}) => {
  test.slow();
  const page = await signedInPage(browser, "agent", "/call");
  await lookUp(page, "(312) 555-0176");
  await page.keyboard.press("s");
  await page.keyboard.press("Enter");
  await expect(verdict(page)).toContainText("opted out of all calls"); // rendered again with the recorded opt-out
  const [row] = await refused(phones.unknown);
  expect(row).toMatchObject({ scope: "all" });
  await expect(stopped(page)).toContainText(`Reference ${row?.reference}`);
  await expect(page.getByRole("button", { name: /Stop calling/ })).toHaveCount(0);
  expect(page.url()).not.toContain("5550176");

  await find(page, "(312) 555-0177"); // the next number shows nothing of the last one
  await expect(page.getByRole("button", { name: /Stop calling/ })).toBeVisible();
  await expect(stopped(page)).toHaveCount(0);

  await page.goto("/call");
  await find(page, "the lady from Dallas");
  await expect(page.getByRole("textbox", { name: "Phone number" })).toHaveAccessibleDescription(
    /Write the number in digits/,
  );
});

test("an agent records a complaint, and an officer sees it", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/call");
  await lookUp(page, phones.dana);
  await page.getByRole("button", { name: /The person complains/ }).click();
  await page.getByRole("button", { name: "File a complaint" }).click();
  await expect(page.getByText("Write what the person complains about.")).toBeVisible();
  await page.getByLabel("What do they complain about?").fill("You called at six in the morning.");
  await page.keyboard.press("s"); // typed into the field, so not a shortcut
  await page.getByRole("button", { name: "File a complaint" }).click();
  await expect(page.getByText("Complaint filed.")).toBeVisible();
  expect((await page.goto("/complaints"))?.status()).toBe(403);
  const officer = await signedInPage(browser, "officer", "/complaints");
  const row = officer.getByRole("row").filter({ hasText: "at six in the morning" });
  await expect(row).toContainText("During a call");
});

test("single keys can be switched off, and Enter still records an opt-out", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/call");
  await settle(page, { hasSingleKeys: false });
  await onLine(page, phones.danaToo);
  await page.keyboard.press("2");
  await expect(page.getByRole("radio", { name: "All calls" })).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Stopped.")).toBeVisible();
  await settle(page, { hasSingleKeys: true });
});

test("an auditor may not open the call page, and it fits a narrow window beside a dialer", async ({
  browser,
}) => {
  const auditor = await signedInPage(browser, "auditor", "/settings");
  expect((await auditor.goto("/call"))?.status()).toBe(403);
  const page = await signedInPage(browser, "agent", "/call");
  await page.setViewportSize({ width: 360, height: 800 });
  await onLine(page, phones.dana);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectReadable(page);
});
