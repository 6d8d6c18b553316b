import { isChecked, listControls, readVisibleText, takeSnapshot } from "./snapshot.ts";

const words = {
  en: "What you agreed to: your copy, and how to withdraw",
  ru: "На что вы согласились: ваша копия и отзыв согласия",
};

/**
 * Shows the link to the person's copy, where they can also withdraw: in the page's own link or field
 * (`data-ringfence-receipt`), or below the form.
 */
function showReceipt(form: HTMLFormElement, receipt: string) {
  const places = document.querySelectorAll("[data-ringfence-receipt]");
  for (const place of places) {
    if (place instanceof HTMLInputElement) place.value = receipt;
    if (place instanceof HTMLAnchorElement) pointToReceipt(place, receipt);
  }
  if (places.length > 0) return;
  const link = document.createElement("a");
  link.dataset.ringfenceReceipt = "";
  const isRussian = /^ru\b/i.test(form.lang || document.documentElement.lang);
  link.textContent = isRussian ? words.ru : words.en;
  pointToReceipt(link, receipt);
  form.after(link);
}

/** Points a link to the receipt, in a new tab because the form leaves the page. */
function pointToReceipt(link: HTMLAnchorElement, receipt: string) {
  link.href = receipt;
  link.target = "_blank";
  link.rel = "noopener";
  link.hidden = false;
}

/** One disclosure of the form, from the API. */
type DisclosureToShow = {
  id: string;
  version: number;
  asks: string;
  language: string;
  text: string;
};

type Token = { token: string; issuedAt: string; disclosures: DisclosureToShow[] };

/** Response to a recorded submission. */
type SubmissionReply = { receipt?: string | null };

/** Milliseconds, after which the company's form continues without us. */
const TIMEOUT_MS = 8_000;

/** Calls the API without cookies; null if it does not answer in time. */
async function post(url: string, body?: object): Promise<Response | null> {
  try {
    return await fetch(url, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch {
    return null;
  }
}

/** A disclosure of the form, and its elements on the page. */
type Place = {
  asked: DisclosureToShow;
  words: HTMLElement | null;
  box: HTMLInputElement | null;
  wasChecked: boolean;
};

/**
 * Fills the texts into the form's placeholders, and records what was shown and ticked when the form is submitted, once.
 * The form waits for that, at most `TIMEOUT_MS`. If our API fails, or no box is ticked, the company's form continues
 * without it.
 */
export async function bind(form: HTMLFormElement, apiOrigin: string) {
  const address = `${apiOrigin}/v1/forms/${form.dataset.ringfence ?? ""}`;
  // Boxes that were already ticked when the page opened are reported as such, whatever the person does later.
  const ticked = new Set(listControls(form).filter(isChecked));
  let opened: { token: Token; places: Place[]; since: number } | null = null;
  let isSending = false;

  const send = async (token: Token, places: readonly Place[], since: number) => {
    isSending = true;
    const body = { ...toBody(form, places), ...toTimes(token, since) };
    const response = await post(`${address}/submissions`, body);
    const receipt = response?.ok ? await readReceipt(response) : null;
    opened = null;
    isSending = false;
    if (receipt !== null) showReceipt(form, receipt);
    announceState(form, response?.ok ? "recorded" : "unrecorded", receipt);
  };

  // Runs before the page's own listeners, so that they see one submit event: the one after the consent was recorded.
  const hold = (event: SubmitEvent) => {
    if (opened === null) return;
    const { token, places, since } = opened;
    if (!places.some(({ box }) => isChecked(box))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isSending) return;
    const { submitter } = event;
    void send(token, places, since).then(() => continueSubmit(form, submitter));
  };
  form.addEventListener("submit", hold, { capture: true });

  const response = await post(`${address}/tokens`);
  if (!response?.ok) return announceState(form, "unavailable");
  const token: Token = await response.json();
  opened = { token, places: findPlaces(form, token, ticked), since: performance.now() };
  announceState(form, "ready");
}

type State = "ready" | "unavailable" | "recorded" | "unrecorded";

/**
 * Announces the state to the page's scripts and styles. `receipt` is the link to the person's copy, for a
 * page that shows it itself.
 */
function announceState(form: HTMLFormElement, state: State, receipt: string | null = null) {
  form.dataset.ringfenceState = state;
  form.dispatchEvent(new CustomEvent("ringfence", { detail: { state, receipt } }));
}

/**
 * Reads the link to the receipt; null while the consent waits for the person's answer, and for an
 * unreadable response.
 */
async function readReceipt(response: Response): Promise<string | null> {
  const { receipt = null }: SubmissionReply = await response.json().catch(() => ({}));
  return receipt;
}

/** Submits the company's form with the same button, this time without intercepting it. */
function continueSubmit(form: HTMLFormElement, submitter: HTMLElement | null) {
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}

/** Finds the text and box of each disclosure by what it asks: `data-ringfence-text="advertising"`. */
function findPlaces(form: HTMLFormElement, { disclosures }: Token, ticked: ReadonlySet<Element>) {
  const language = (form.lang || document.documentElement.lang).slice(0, 2).toLowerCase();
  const inLanguage = disclosures.filter((it) => it.language.slice(0, 2).toLowerCase() === language);
  const shown = inLanguage.length > 0 ? inLanguage : disclosures;
  const seen = new Map<string, number>();
  return shown.map((asked): Place => {
    const at = seen.get(asked.asks) ?? 0;
    seen.set(asked.asks, at + 1);
    const find = (kind: string) =>
      form.querySelectorAll<HTMLElement>(`[data-ringfence-${kind}="${asked.asks}"]`)[at] ?? null;
    const [words, box] = [find("text"), find("box")];
    // Published disclosures are plain text, so they are never inserted as markup.
    if (words?.textContent.trim() === "") words.textContent = asked.text;
    return {
      asked,
      words,
      box: box instanceof HTMLInputElement ? box : null,
      wasChecked: box !== null && ticked.has(box),
    };
  });
}

const toTimes = ({ token, issuedAt }: Token, since: number) => ({
  token,
  issuedAt,
  elapsedMs: Math.round(performance.now() - since),
});

const toBody = (form: HTMLFormElement, places: readonly Place[]) => ({
  ...readFields(form),
  asked: places.map(({ asked: { id, version }, words, box, wasChecked }) => ({
    id,
    version,
    text: readVisibleText(words),
    wasChecked,
    isChecked: isChecked(box),
  })),
  page: takeSnapshot(form),
});

/** Reads the fields of the company's form: marked for us, or found by their type. */
function readFields(form: HTMLFormElement) {
  const readField = (field: string, selector: string) => {
    const element =
      form.querySelector(`[data-ringfence-field="${field}"]`) ?? form.querySelector(selector);
    return element instanceof HTMLInputElement ? element.value.trim() : "";
  };
  const name = readField("name", "input[autocomplete~=name]");
  const email = readField("email", "input[type=email]");
  const region = form.dataset.ringfenceRegion;
  return {
    phone: readField("phone", "input[type=tel]"),
    ...(name && { name }),
    ...(email && { email }),
    ...(region && { region }),
  };
}
