import { ask, type Asked, type Recorded, type Token } from "./door.ts";
import { showReceipt } from "./receipt.ts";
import { controlsOf, isChecked, snapshotOf, wordsOf } from "./snapshot.ts";

/** A disclosure of the form, and where the page shows it. */
type Place = {
  asked: Asked;
  words: HTMLElement | null;
  box: HTMLInputElement | null;
  wasChecked: boolean;
};

/**
 * Shows what a form asks where the page leaves room for it, and sends what was shown when the person
 * sends the form. Whatever happens to us, the company's form goes its own way afterwards.
 */
export async function bind(form: HTMLFormElement, door: string) {
  const address = `${door}/v1/forms/${form.dataset.ringfence ?? ""}`;
  // A box that the page ticks by itself is told as it was, whatever the person does then.
  const ticked = new Set(controlsOf(form).filter(isChecked));
  let opened: { token: Token; places: Place[]; since: number } | null = null;
  let isSending = false;

  const send = async (token: Token, places: readonly Place[], since: number) => {
    isSending = true;
    const body = { ...bodyOf(form, places), ...timesOf(token, since) };
    const response = await ask(`${address}/submissions`, body);
    const receipt = response?.ok ? await readReceipt(response) : null;
    opened = null;
    isSending = false;
    if (receipt !== null) showReceipt(form, receipt);
    say(form, response?.ok ? "recorded" : "unrecorded", receipt);
  };

  // Before the page's own listeners, which then hear of it once: when it goes on.
  const hold = (event: SubmitEvent) => {
    if (opened === null) return;
    const { token, places, since } = opened;
    if (!places.some(({ box }) => isChecked(box))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isSending) return;
    const { submitter } = event;
    void send(token, places, since).then(() => goOn(form, submitter));
  };
  form.addEventListener("submit", hold, { capture: true });

  const response = await ask(`${address}/tokens`);
  if (!response?.ok) return say(form, "unavailable");
  const token: Token = await response.json();
  opened = { token, places: placesOf(form, token, ticked), since: performance.now() };
  say(form, "ready");
}

type State = "ready" | "unavailable" | "recorded" | "unrecorded";

/**
 * For the page's own scripts and styles, and for the company's server: what became of it. `receipt`: where the
 * person finds their copy, for a page that says thank you itself.
 */
function say(form: HTMLFormElement, state: State, receipt: string | null = null) {
  form.dataset.ringfenceState = state;
  form.dispatchEvent(new CustomEvent("ringfence", { detail: { state, receipt } }));
}

/** Null while the consent waits for the person's answer, and where what came cannot be read. */
async function readReceipt(response: Response): Promise<string | null> {
  const { receipt = null }: Recorded = await response.json().catch(() => ({}));
  return receipt;
}

/** As if nobody had held it: the same button, and no second time through our hands. */
function goOn(form: HTMLFormElement, submitter: HTMLElement | null) {
  form.requestSubmit(submitter?.isConnected ? submitter : null);
}

/** Words and boxes stand beside each other by what they ask: `data-ringfence-text="advertising"`. */
function placesOf(form: HTMLFormElement, { disclosures }: Token, ticked: ReadonlySet<Element>) {
  const language = (form.lang || document.documentElement.lang).slice(0, 2).toLowerCase();
  const own = disclosures.filter((it) => it.language.slice(0, 2).toLowerCase() === language);
  const shown = own.length > 0 ? own : disclosures;
  const seen = new Map<string, number>();
  return shown.map((asked): Place => {
    const at = seen.get(asked.asks) ?? 0;
    seen.set(asked.asks, at + 1);
    const find = (kind: string) =>
      form.querySelectorAll<HTMLElement>(`[data-ringfence-${kind}="${asked.asks}"]`)[at] ?? null;
    const [words, box] = [find("text"), find("box")];
    // As text, never as markup: what is published is words.
    if (words?.textContent.trim() === "") words.textContent = asked.text;
    return {
      asked,
      words,
      box: box instanceof HTMLInputElement ? box : null,
      wasChecked: box !== null && ticked.has(box),
    };
  });
}

const timesOf = ({ token, issuedAt }: Token, since: number) => ({
  token,
  issuedAt,
  elapsedMs: Math.round(performance.now() - since),
});

const bodyOf = (form: HTMLFormElement, places: readonly Place[]) => ({
  ...fieldsOf(form),
  asked: places.map(({ asked: { id, version }, words, box, wasChecked }) => ({
    id,
    version,
    text: wordsOf(words),
    wasChecked,
    isChecked: isChecked(box),
  })),
  page: snapshotOf(form),
});

/** The fields of the company's own form: named by us, or of the type that they are of. */
function fieldsOf(form: HTMLFormElement) {
  const valueOf = (field: string, selector: string) => {
    const element =
      form.querySelector(`[data-ringfence-field="${field}"]`) ?? form.querySelector(selector);
    return element instanceof HTMLInputElement ? element.value.trim() : "";
  };
  const name = valueOf("name", "input[autocomplete~=name]");
  const email = valueOf("email", "input[type=email]");
  const region = form.dataset.ringfenceRegion;
  return {
    phone: valueOf("phone", "input[type=tel]"),
    ...(name && { name }),
    ...(email && { email }),
    ...(region && { region }),
  };
}
