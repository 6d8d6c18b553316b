import { expect, type Page } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { closeCaptureForm } from "@ringfence/services/consents/capture-form";
import { aDisclosure, aDraft, aForm } from "@ringfence/services/testing/forms";
import { phones } from "../../testing/example-phones";
import { settle } from "../platform/demo";
import { exampleGroup, find, verdict } from "../platform/example-group";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";
import { onLine } from "./call-steps";

test.describe.configure({ mode: "serial" });

const { installation, organizationId, signedInPage } = exampleGroup();

/** Publishes a script that agents read out, after one that was closed. */
async function publishScript() {
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const ctx = { ...installation, organizationId: OrganizationId.parse(organizationId()), actor };
  const publish = async (text: string) => {
    const disclosure = await aDisclosure(ctx, aDraft({ text }, { seller: "bank" }));
    return aForm(ctx, { kind: "phone", disclosures: [disclosure] });
  };
  const { id: former } = await publish("May Example Bank call you about cards?");
  await closeCaptureForm(ctx, former);
  await publish("May Example Bank call you about loans?");
}

/** Presses a key, and expects that something on the page still has the focus. */
async function press(page: Page, key: string) {
  await page.keyboard.press(key);
  await expect(page.locator("body")).not.toBeFocused();
}

test("an agent records a consent, a complaint and a wrong number without a mouse", async ({
  browser,
}) => {
  test.slow();
  await publishScript();
  const page = await signedInPage(browser, "agent", "/call");
  await onLine(page, phones.nina);
  await expect(verdict(page)).toContainText("You may call");
  await expect(page.getByText("that you are calling to sell, and what")).toBeVisible();

  await press(page, "a");
  const box = page.getByRole("checkbox", { name: /May Example Bank call you about loans/ });
  await expect(box).toBeFocused();
  await press(page, "1");
  await expect(box).toBeChecked();
  await press(page, "Tab");
  await expect(page.getByLabel("Name of the recording")).toBeFocused();
  await page.keyboard.type("swn 2026 117");
  await press(page, "Enter");
  await expect(page.getByText("Consent recorded")).toBeFocused();
  const readBack = page.getByText("Записано: вы разрешаете «Example Bank» связываться с вами");
  await expect(readBack).toBeVisible();
  const granted = await installation.db.prisma.consentEvent.findFirst({
    where: { organizationId: organizationId(), source: "phone" },
    include: { evidence: true },
    orderBy: { id: "desc" },
  });
  expect(granted?.evidence).toMatchObject([{ body: { act: "spoken", recording: "swn 2026 117" } }]);

  await press(page, "r");
  await expect(page.getByRole("status").filter({ hasText: "Checked again at" })).toContainText(
    "you may call",
  );

  await press(page, "c");
  const complaint = page.getByLabel("What do they complain about?");
  await expect(complaint).toBeFocused();
  await page.keyboard.type("You called at six, and my name is spelled wrong.");
  await press(page, "Escape");
  await expect(complaint).toBeHidden();
  await press(page, "c");
  await expect(complaint).toHaveValue(/at six, and my name is spelled wrong/);
  await press(page, "Tab");
  await press(page, "Tab");
  await press(page, "Enter");
  await expect(page.getByText("Complaint filed. An officer will review it.")).toBeVisible();

  await press(page, "w");
  const record = page.getByRole("button", { name: /Record the wrong number/ });
  await expect(record).toBeFocused();
  await press(page, "Escape");
  await expect(record).toBeHidden();
  await press(page, "w");
  await press(page, "Enter");
  const done = page.getByText(
    "Recorded. Nobody calls this number until an officer has checked it.",
  );
  await expect(done).toBeFocused();
  await expect(verdict(page)).toContainText("Do not call");
  await expectReadableAnywhere(page, "call outcomes");
  await press(page, "Escape"); // what is recorded stays
  const where = { organizationId: organizationId(), reason: "wrong_person" };
  expect(await installation.db.prisma.suppression.findMany({ where })).toMatchObject([
    { until: null },
  ]);

  await press(page, "n");
  await expect(page).toHaveURL(/\/call$/);
  await expect(page.getByRole("textbox", { name: "Phone number" })).toBeFocused();
});

test("S leads back to the opt-out from any form, and its choice keeps the keys of other forms apart", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "agent", "/call");
  await onLine(page, phones.stranger);
  await press(page, "a");
  await press(page, "1");
  await expect(page.getByRole("radio", { name: /All calls/ })).toBeChecked();
  await press(page, "s");
  await expect(page.getByRole("radio", { name: /All calls/ })).toBeFocused();
  await expect(page.getByLabel("Name of the recording")).toBeHidden();
  await press(page, "Enter");
  await expect(page.getByText("Stopped.")).toBeVisible();
});

test("an agent works in Russian, on a phone and in the dark", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/call");
  await settle(page, { locale: "ru" });
  await onLine(page, phones.danaToo, ru);
  await expect(page.getByText("Что здесь требует сказать закон")).toBeVisible();
  for (const key of ["w", "c", "a"]) {
    await press(page, key);
    await expectReadableAnywhere(page, `call, ${key}`);
  }
  await settle(page, { locale: "en" });
});

const ru = { field: "Номер телефона", find: "Найти", all: /От всех звонков/ };

test("without a fresh check the page says not to call, until there is one", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/call");
  await find(page, phones.unknown);
  await expect(verdict(page)).toContainText("Do not call");
  await page.clock.install();
  const address = page.url();
  await page.goto(address);
  await expect(verdict(page)).toBeVisible();
  const asked: string[] = [];
  await page.route(/phone\.find/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  // The timer of the next check starts once the page's scripts run, so the clock moves on until the page checks.
  const passMinute = async () => {
    await page.clock.fastForward(61_000);
    return asked.length;
  };
  await expect.poll(passMinute).toBeGreaterThan(0);
  await expect(verdict(page)).toContainText("The last check is too old");
  await page.unroute(/phone\.find/);
  await page.clock.fastForward(6_000);
  await expect(verdict(page)).not.toContainText("The last check is too old");
});
