import type { Control, FormParts, Outcome } from "@ringfence/core/consents/form-check";
import type { Browser, Locator, Page } from "playwright-core";
import { RESPONSE_TIMEOUT_MS, advanceClock, waitUntilIdle, withPage } from "./browser.ts";
import { type FormSnapshot, readPage } from "./read-form.ts";

type FormSubmission = { form: FormSnapshot; parts: FormParts; isConsenting: boolean };

/** Fills in a form, with or without consent to calls, and submits it. */
export const sendForm = (browser: Browser, sending: FormSubmission): Promise<Outcome> =>
  withPage(browser, sending.form.url, async ({ page }) => {
    await advanceClock(page);
    for (const control of sending.form.controls) await fill(page, control, sending);
    const before = (await readPage(page)).text;
    const answered = page
      .waitForResponse((response) => response.request().isNavigationRequest(), {
        timeout: RESPONSE_TIMEOUT_MS,
      })
      .catch(() => null);
    await page.locator(findButton(sending)).click();
    const faulty = await findInvalidControls(page);
    const status = faulty.length > 0 ? null : ((await answered)?.status() ?? null);
    await page.waitForLoadState();
    await waitUntilIdle(page);
    return readOutcome(page, { before, faulty, status });
  });

/** Finds the button to press: the one with the answer if there are two, or the submit button. */
function findButton({
  parts: { acceptControls, refuseControls, submit },
  isConsenting,
}: FormSubmission) {
  const answer = (isConsenting ? acceptControls : refuseControls).find(
    ({ kind }) => kind === "button",
  );
  return (answer ?? submit)?.selector ?? "[type=submit]";
}

/** Finds the controls that the browser or the page marks as invalid. */
const findInvalidControls = (page: Page): Promise<string[]> =>
  page
    .locator(":invalid:not(form):not(fieldset), [aria-invalid=true]")
    .evaluateAll((elements) => elements.map((it) => it.id || it.getAttribute("name") || it.tagName))
    .catch(() => []);

const PRICE = /[$€£₽]\s?\d[\d\s.,]*\d|\d[\d\s.,]*\s?(?:[€$£₽]|руб|USD|EUR|GBP)/gu;

async function readOutcome(
  page: Page,
  { before, faulty, status }: { before: string; faulty: string[]; status: number | null },
): Promise<Outcome> {
  const { text } = await readPage(page);
  const stillFaulty = [...new Set([...faulty, ...(await findInvalidControls(page))])];
  const hasAnswered = status === null ? text !== before : status < 400;
  return {
    isAccepted: hasAnswered && stillFaulty.length === 0,
    path: new URL(page.url()).pathname,
    prices: (text.match(PRICE) ?? []).map((price) => price.trim()),
    faulty: stillFaulty,
    excerpt: text.slice(0, 500).toWellFormed(),
  };
}

/** Sample values that belong to nobody: +1 201 555 01xx and example.com are reserved. */
const samples: Partial<Record<Control["kind"], string>> = {
  text: "Test",
  tel: "+12015550123",
  email: "test@example.com",
  password: "Test-12345",
  date: "1990-01-01",
};

async function fill(page: Page, control: Control, { parts, isConsenting }: FormSubmission) {
  const { kind, isHidden, isReadOnly, selector } = control;
  if (isHidden || isReadOnly) return;
  const field = page.locator(selector);
  if (kind === "checkbox" || kind === "radio") {
    const isOfCalls = parts.callBoxes.some((box) => box.selector === selector);
    const saysNo = parts.refuseControls.some((it) => it.selector === selector);
    const saysYes = parts.acceptControls.some((it) => it.selector === selector);
    if (saysNo) return isConsenting ? undefined : tick(field, true);
    return tick(field, isOfCalls || saysYes ? isConsenting : true);
  }
  const sample = parts.phones.some((it) => it.selector === selector) ? samples.tel : samples[kind];
  if (kind === "select") await field.selectOption({ index: 1 }).catch(() => {});
  else if (sample !== undefined) await field.fill(sample).catch(() => {});
}

/** Ticks a box, even one that its label covers. A box that cannot be ticked is left. */
async function tick(field: Locator, isTicked: boolean) {
  await field.setChecked(isTicked, { force: true }).catch(() => {});
}

/**
 * Checks whether the form asks again after a refusal, by a dialog or by showing the button again. Null if
 * there is nothing to refuse with.
 */
export async function asksAgainAfterRefusal(
  browser: Browser,
  { url }: FormSnapshot,
  { acceptControls, refuseControls }: FormParts,
): Promise<boolean | null> {
  const button = refuseControls.find(({ kind }) => kind === "button");
  if (button === undefined) return null;
  return withPage(browser, url, async ({ page }) => {
    let questions = 0;
    page.on("dialog", (dialog) => {
      questions++;
      void dialog.dismiss();
    });
    await page.locator(button.selector).click();
    const wentAway = !(await isAsking(page, acceptControls));
    await advanceClock(page);
    return questions > 0 || (wentAway && (await isAsking(page, acceptControls)));
  });
}

async function isAsking(page: Page, acceptControls: readonly Control[]) {
  const seen = await Promise.all(
    acceptControls.map(({ selector }) => page.locator(selector).isVisible()),
  );
  return seen.includes(true);
}
