import { expect, it } from "vitest";
import {
  type OfflineInput,
  chooseForm,
  findOfflineFaults,
  toOfflineConsent,
} from "./offline-input";

const given: OfflineInput = {
  phone: "(303) 555-0187",
  name: " ",
  means: "phone",
  formId: "f",
  version: 2,
  disclosures: ["d"],
  text: "May we?",
  language: "en",
  seller: "bank",
  purposes: [],
  channels: [],
  when: "now",
  at: "2026-03-01T09:00",
};
const file = new File(["a"], "a.wav");

it("requires a text and a file, and for words outside a form also purposes and channels", () => {
  expect(findOfflineFaults(given, file)).toEqual([]);
  expect(findOfflineFaults({ ...given, disclosures: [] }, null)).toEqual(["disclosures", "file"]);
  expect(findOfflineFaults({ ...given, formId: "" }, file)).toEqual(["purposes", "channels"]);
});

it("sends the chosen values and nothing from hidden fields", () => {
  expect(toOfflineConsent(given, "Europe/Moscow")).toEqual({
    phone: "(303) 555-0187",
    means: "phone",
    asked: { form: "f", version: 2, disclosures: ["d"] },
  });
  const earlier = { ...given, formId: "", name: "Grace", when: "earlier" as const };
  expect(toOfflineConsent(earlier, "Europe/Moscow")).toMatchObject({
    name: "Grace",
    asked: { text: "May we?", language: "en", seller: "bank" },
    obtainedAt: "2026-03-01T06:00:00.000Z",
  });
});

it("opens another form at its latest version, with nothing ticked", () => {
  const changed = new Map<string, unknown>();
  chooseForm((field, value) => void changed.set(field, value), "g");
  expect(Object.fromEntries(changed)).toEqual({ formId: "g", version: 0, disclosures: [] });
});
