import { FormContext, type FormContextInput, hashText } from "@ringfence/core/consents/form-check";

const windows = { legalName: "Example Windows LLC", brands: ["Windows & Wine"] };
const romashka = { legalName: "ООО «Ромашка»" };

const live = ["voice_live"] as const;
const automatic = ["voice_live", "voice_autodialed", "voice_prerecorded", "voice_ai"] as const;

/** Records that a well-kept form has. */
const kept = {
  captured: ["server_time", "ip", "user_agent", "url", "snapshot", "control_states"],
  isSignatureLogged: true,
  verification: { method: "sms_code", text: "1234 is your code" },
  screenedBy: ["seller", "channel", "purpose"],
  minimumAge: null,
  transcript: null,
} satisfies Partial<FormContextInput>;

/** Declared context of each page of `form-pages`. */
const inputs = {
  "en-good": {
    ...kept,
    jurisdictions: ["GB", "NL"],
    seller: windows,
    channels: [...live],
    products: ["windows"],
    callLanguage: "en",
    disclosureHash: hashText(
      "I agree that Example Windows LLC calls me with marketing about windows and doors, for 2 years.",
    ),
    callScript: "Say stop at any time, and nobody calls you again.",
  },
  "en-written": {
    ...kept,
    jurisdictions: ["US-CA", "US-FL"],
    seller: windows,
    channels: [...automatic],
    callLanguage: "en-US",
    disclosureHash: hashText("Some other text"),
    minimumAge: 21,
    callScript: "Press 9 to get no more of these calls.",
    transcript: [
      { speaker: "agent", text: "Example Windows LLC would like to call you with marketing." },
      { speaker: "agent", text: "You can withdraw at any time: say stop. Do you agree?" },
      { speaker: "person", text: "Yes, I agree." },
    ],
  },
  "en-pre-ticked": {
    ...kept,
    jurisdictions: ["GB", "AU"],
    seller: windows,
    channels: [...live],
    callLanguage: "en",
    captured: ["ip", "url"],
    minimumAge: 18,
  },
  "en-hurried": {
    jurisdictions: ["US-CA"],
    seller: windows,
    channels: [...automatic],
    callLanguage: "ru",
    verification: { method: "none", text: "" },
    screenedBy: ["seller"],
    minimumAge: null,
    transcript: [
      { speaker: "agent", text: "Example Windows LLC would like to call you with marketing." },
      { speaker: "person", text: "Hm." },
    ],
    callScript: "Good day, we have news for you.",
  },
  "en-bundled": {
    jurisdictions: ["GB", "US"],
    seller: windows,
    channels: [...live],
    transcript: null,
  },
  "en-implied": {
    jurisdictions: ["FR", "US"],
    seller: windows,
    channels: ["voice_autodialed"],
    callLanguage: "en",
    transcript: null,
    minimumAge: null,
  },
  "en-buttons": {
    ...kept,
    jurisdictions: ["US-CA", "DE"],
    seller: windows,
    channels: [...live],
    callLanguage: "en",
  },
  "en-hidden": {
    ...kept,
    jurisdictions: ["US-FL", "GB"],
    seller: windows,
    channels: ["voice_autodialed", "voice_ai"],
    callLanguage: "en",
    isSignatureLogged: false,
  },
  "en-unnamed": {
    ...kept,
    jurisdictions: ["GB"],
    seller: windows,
    channels: [...live],
    callLanguage: "en",
  },
  "en-brand": {
    ...kept,
    jurisdictions: ["GB", "NL"],
    seller: windows,
    channels: [...live],
    products: ["beer"],
    callLanguage: "en",
    minimumAge: 18,
  },
  "en-pair": {
    ...kept,
    jurisdictions: ["US-CA", "DE"],
    seller: windows,
    channels: [...live],
    callLanguage: "en",
  },
  "ru-good": {
    ...kept,
    jurisdictions: ["RU", "NL"],
    seller: romashka,
    channels: [...live],
    products: ["окнах"],
    callLanguage: "ru",
    disclosureHash: hashText(
      "Согласен на рекламные звонки ООО «Ромашка» об окнах и дверях в течение 2 лет",
    ),
    callScript: "Скажите «стоп», и больше мы не позвоним.",
  },
  "ru-mixed": {
    ...kept,
    jurisdictions: ["RU"],
    seller: romashka,
    channels: [...live],
    callLanguage: "ru",
  },
  "ru-no-seller": {
    ...kept,
    jurisdictions: ["RU", "DE"],
    seller: romashka,
    channels: [...live],
    callLanguage: "ru",
  },
  "ru-foreign": {
    ...kept,
    jurisdictions: ["RU", "NL"],
    seller: romashka,
    channels: [...live],
    callLanguage: "ru",
    callScript: "Добрый день, у нас новые окна.",
    transcript: [
      { speaker: "agent", text: "Добрый день, мы будем звонить вам с предложениями." },
      { speaker: "person", text: "Да." },
    ],
  },
} satisfies Record<string, FormContextInput>;

export type FormName = keyof typeof inputs;
export const formNames = Object.keys(inputs).filter((name): name is FormName => name in inputs);
export const getFormContext = (name: FormName): FormContext => FormContext.parse(inputs[name]);
