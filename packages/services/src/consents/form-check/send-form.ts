import type { Control, FormParts, Outcome } from "@ringfence/core/consents/form-check";
import type { Browser, Locator, Page } from "playwright-core";
import { ANSWER_MS, letTimePass, onPage, settle } from "./browser.ts";
import { type SeenForm, see } from "./see-form.ts";

type Sending = { form: SeenForm; parts: FormParts; isConsenting: boolean };

/** Fills a form in, agrees to calls or does not, and sends it. */
export const sendForm = (browser: Browser, sending: Sending): Promise<Outcome> =>
  onPage(browser, sending.form.url, async ({ page }) => {
    await letTimePass(page);
    for (const control of sending.form.controls) await fill(page, control, sending);
    const before = (await see(page)).text;
    const answered = page
      .waitForResponse((response) => response.request().isNavigationRequest(), {
        timeout: ANSWER_MS,
      })
      .catch(() => null);
    await page.locator(buttonOf(sending)).click();
    const faulty = await faultyIn(page);
    const status = faulty.length > 0 ? null : ((await answered)?.status() ?? null);
    await page.waitForLoadState();
    await settle(page);
    return outcomeOf(page, { before, faulty, status });
  });

/** Where two buttons ask, each sends an answer of its own. */
function buttonOf({ parts: { accepts, refusals, submit }, isConsenting }: Sending) {
  const answer = (isConsenting ? accepts : refusals).find(({ kind }) => kind === "button");
  return (answer ?? submit)?.selector ?? "[type=submit]";
}

/** Those that the browser does not let go. */
const faultyIn = (page: Page): Promise<string[]> =>
  page
    .locator(":invalid:not(form):not(fieldset), [aria-invalid=true]")
    .evaluateAll((elements) => elements.map((it) => it.id || it.getAttribute("name") || it.tagName))
    .catch(() => []);

const PRICE = /[$€£₽]\s?\d[\d\s.,]*\d|\d[\d\s.,]*\s?(?:[€$£₽]|руб|USD|EUR|GBP)/gu;

async function outcomeOf(
  page: Page,
  { before, faulty, status }: { before: string; faulty: string[]; status: number | null },
): Promise<Outcome> {
  const { text } = await see(page);
  const stillFaulty = [...new Set([...faulty, ...(await faultyIn(page))])];
  const hasAnswered = status === null ? text !== before : status < 400;
  return {
    isAccepted: hasAnswered && stillFaulty.length === 0,
    path: new URL(page.url()).pathname,
    prices: (text.match(PRICE) ?? []).map((price) => price.trim()),
    faulty: stillFaulty,
    excerpt: text.slice(0, 500).toWellFormed(),
  };
}

/** Answers that are nobody's: +1 201 555 01xx and example.com are kept free for this. */
const samples: Partial<Record<Control["kind"], string>> = {
  text: "Test",
  tel: "+12015550123",
  email: "test@example.com",
  password: "Test-12345",
  date: "1990-01-01",
};

async function fill(page: Page, control: Control, { parts, isConsenting }: Sending) {
  const { kind, isHidden, isReadOnly, selector } = control;
  if (isHidden || isReadOnly) return;
  const field = page.locator(selector);
  if (kind === "checkbox" || kind === "radio") {
    const isOfCalls = parts.callBoxes.some((box) => box.selector === selector);
    const refuses = parts.refusals.some((it) => it.selector === selector);
    const accepts = parts.accepts.some((it) => it.selector === selector);
    if (refuses) return isConsenting ? undefined : tick(field, true);
    return tick(field, isOfCalls || accepts ? isConsenting : true);
  }
  const sample = parts.phones.some((it) => it.selector === selector) ? samples.tel : samples[kind];
  if (kind === "select") await field.selectOption({ index: 1 }).catch(() => {});
  else if (sample !== undefined) await field.fill(sample).catch(() => {});
}

/** A box may be drawn by its label, and lie below it. What cannot be ticked is left. */
async function tick(field: Locator, isTicked: boolean) {
  await field.setChecked(isTicked, { force: true }).catch(() => {});
}

/**
 * Whether a form asks again once somebody has refused: by a question of the browser, or by a button
 * that says yes and comes back. Null where nothing refuses.
 */
export async function asksAgain(
  browser: Browser,
  { url }: SeenForm,
  { accepts, refusals }: FormParts,
): Promise<boolean | null> {
  const button = refusals.find(({ kind }) => kind === "button");
  if (button === undefined) return null;
  return onPage(browser, url, async ({ page }) => {
    let questions = 0;
    page.on("dialog", (dialog) => {
      questions++;
      void dialog.dismiss();
    });
    await page.locator(button.selector).click();
    const wentAway = !(await isAsking(page, accepts));
    await letTimePass(page);
    return questions > 0 || (wentAway && (await isAsking(page, accepts)));
  });
}

async function isAsking(page: Page, accepts: readonly Control[]) {
  const seen = await Promise.all(accepts.map(({ selector }) => page.locator(selector).isVisible()));
  return seen.includes(true);
}
