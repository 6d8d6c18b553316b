import { expect } from "@playwright/test";
import { phones } from "../../testing/example-phones";
import { allCalls, onLine, stopped } from "./call-steps";
import { exampleGroup, verdict } from "../platform/example-group";
import { test } from "../platform/test";

const { installation, organizationId, signedInPage } = exampleGroup();

const refusals = () =>
  installation.db.prisma.optOut.findMany({ where: { organizationId: organizationId() } });

test("pressing Enter too early records no opt-out, however fast it is pressed", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "agent", "/call");
  const { length: before } = await refusals();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("optOut.record")) sent.push(request.url());
  });
  for (const number of ["(312) 555-0178", phones.nina]) {
    await page.goto("/call");
    const field = page.getByRole("textbox", { name: "Phone number" });
    await field.fill(number);
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 30_000);
    await field.press("Enter");
    await page.keyboard.press("Enter"); // while the page loads
    // Enter is pressed at every moment until the page appears and right after, as if held down or hit twice.
    await expect
      .poll(async () => {
        await page.clock.runFor(20);
        await page.keyboard.press("Enter");
        return verdict(page).isVisible();
      })
      .toBe(true);
    await page.keyboard.press("Enter");
    await page.clock.runFor(5_000);
    await page.keyboard.press("Enter");
    await page.clock.resume();
    await expect(stopped(page)).toHaveCount(0);
    expect(sent).toEqual([]);
    expect(await refusals()).toHaveLength(before);
    await expect(verdict(page)).toBeFocused(); // so that screen readers announce it
  }
});

test("a key that is held down records no opt-out", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/call");
  await onLine(page, phones.stranger);
  const { length: before } = await refusals();
  const held = { bubbles: true, cancelable: true, key: "Enter", code: "Enter", repeat: true };
  const isHeard = await allCalls(page).evaluate(
    (radio, init) => radio.dispatchEvent(new KeyboardEvent("keydown", init)),
    held,
  );
  expect(isHeard).toBe(false); // the browser's own action is prevented
  await page.getByRole("textbox", { name: "Phone number" }).focus();
  await page.keyboard.down("s");
  expect(await refusals()).toHaveLength(before);
});
