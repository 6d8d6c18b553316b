import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** Milliseconds from the key to its painted answer; null without one. */
    answered: Promise<number | null>;
  }
}

/** A key of the call page: what comes before it, and the answer that the page then shows. */
export type Act = {
  name: string;
  key: string;
  prepare: (page: Page, phone: string) => Promise<unknown>;
  /** CSS selector of what is on the page once the key is answered, and not before. */
  answer: string | ((page: Page) => Promise<string>);
};

const nothing = () => Promise.resolve();
const panel = (outcome: string) => `#outcome-${outcome}:not([hidden])`;
const open = (key: string, outcome: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.waitForSelector(`${panel(outcome)} :focus`);
};

export const acts: readonly Act[] = [
  {
    name: "2: choose the seller’s calls",
    key: "2",
    prepare: nothing,
    answer: "input[value=seller]:checked:focus",
  },
  {
    name: "S: back to the opt-out",
    key: "s",
    prepare: open("w", "wrong-number"),
    answer: "input[name=scope]:focus",
  },
  {
    name: "W: wrong number",
    key: "w",
    prepare: nothing,
    answer: `${panel("wrong-number")} button:focus`,
  },
  {
    name: "C: complaint",
    key: "c",
    prepare: nothing,
    answer: `${panel("complaint")} textarea:focus`,
  },
  {
    name: "A: agreement",
    key: "a",
    prepare: nothing,
    answer: `${panel("agreement")} input:focus`,
  },
  {
    name: "1: tick the first text",
    key: "1",
    prepare: open("a", "agreement"),
    answer: `${panel("agreement")} input[type=checkbox]:checked`,
  },
  {
    name: "Esc: close a form",
    key: "Escape",
    prepare: open("c", "complaint"),
    answer: "#outcome-complaint[hidden]",
  },
  {
    name: "R: check again",
    key: "r",
    prepare: nothing,
    answer: async (page) => {
      const time = page.locator("section[aria-label=Verdict] time").first();
      const before = await time.getAttribute("datetime");
      return `section[aria-label=Verdict] time:first-of-type:not([datetime="${before}"])`;
    },
  },
  {
    name: "Enter: stop the calls",
    key: "Enter",
    prepare: nothing,
    answer: "output p:focus",
  },
  {
    name: "Enter: record a wrong number",
    key: "Enter",
    prepare: open("w", "wrong-number"),
    answer: `${panel("wrong-number")} output p:focus`,
  },
  {
    name: "Enter: file a complaint",
    key: "Enter",
    prepare: async (page) => {
      await open("c", "complaint")(page);
      await page.keyboard.type("You called at six.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
    },
    answer: `${panel("complaint")} output div:focus`,
  },
  {
    name: "Enter: record a consent",
    key: "Enter",
    prepare: async (page) => {
      await open("a", "agreement")(page);
      await page.keyboard.press("1");
      await page.keyboard.press("Tab");
      await page.keyboard.type("call 117");
    },
    answer: `${panel("agreement")} output:focus`,
  },
  {
    name: "N: next call",
    key: "n",
    prepare: nothing,
    answer: "input[name=number]:focus",
  },
  {
    name: "Enter: find a number",
    key: "Enter",
    prepare: async (page, phone) => {
      await page.keyboard.press("n");
      await page.waitForSelector("input[name=number]:focus");
      await page.keyboard.type(phone);
    },
    answer: "section[aria-label=Verdict]:focus",
  },
];

/** True if the server records something before the key is answered. */
export const sendsToServer = ({ key, name }: Act) => key === "Enter" && !name.includes("find");

/** Presses the key, and returns the milliseconds from the key going down to the painted answer. */
export async function measureKey(page: Page, { name, key, answer }: Act): Promise<number> {
  const selector = typeof answer === "string" ? answer : await answer(page);
  // Installed before the key is sent: the two go to the browser by different ways.
  await page.evaluate(watchForAnswer, selector);
  await page.keyboard.press(key);
  const ms = await page.evaluate(() => window.answered);
  if (ms === null) throw new Error(`${name}: no answer within ten seconds, at ${page.url()}`);
  return ms;
}

/** Runs in the page. A frame is painted when the message after it arrives. Null if no answer comes. */
function watchForAnswer(selector: string) {
  window.answered = new Promise<number | null>((resolve) => {
    let pressedAt: number | null = null;
    addEventListener("keydown", ({ timeStamp }) => (pressedAt ??= timeStamp), {
      capture: true,
      once: true,
    });
    const afterPaint = new MessageChannel();
    afterPaint.port1.addEventListener("message", () =>
      resolve(performance.now() - (pressedAt ?? 0)),
    );
    afterPaint.port1.start();
    const look = () => {
      if (pressedAt !== null && document.querySelector(selector)) afterPaint.port2.postMessage(0);
      else requestAnimationFrame(look);
    };
    look();
    setTimeout(() => resolve(null), 10_000);
  });
}
