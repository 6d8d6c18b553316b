import {
  type Control,
  FormContext,
  type FormContextInput,
  type Link,
  type Look,
  type Passage,
  type RenderedForm,
  hashText,
} from "../src/consents/form-check/index.ts";

export const aLook = (spoilt: Partial<Look> = {}): Look => ({
  box: { x: 16, y: 300, width: 280, height: 40 },
  shownShare: 1,
  opacity: 1,
  contrast: 12,
  fontPx: 16,
  isBold: false,
  coveredBy: null,
  ...spoilt,
});

export const looks = (spoilt: Partial<Look> = {}) => ({
  wide: aLook(spoilt),
  narrow: aLook(spoilt),
});

export const aControl = (spoilt: Partial<Control> = {}): Control => ({
  selector: "#control",
  order: 10,
  kind: "text",
  names: "",
  label: "",
  description: "",
  labelLooks: null,
  value: "",
  isHidden: false,
  isReadOnly: false,
  isRequired: false,
  isSubmit: false,
  isTickedAtFirst: false,
  isTickedOnLoad: false,
  looks: looks({ box: { x: 16, y: 200 + (spoilt.order ?? 10) * 60, width: 24, height: 24 } }),
  ...spoilt,
});

export const aPassage = (text: string, spoilt: Partial<Passage> = {}): Passage => ({
  selector: "#passage",
  order: 5,
  text,
  hiddenBy: null,
  looks: looks(),
  ...spoilt,
});

const aLink = (text: string, href: string): Link => ({
  selector: "a",
  order: 6,
  text,
  href,
  looks: looks(),
});

export const label =
  "I agree that Example Windows LLC calls me by an automatic telephone dialing system, with recorded messages and an artificial voice. The calls are marketing about windows, for 2 years.";
export const withdrawal = "You may withdraw your consent at any time: write to stop@example.com.";
export const noCondition = "Your consent is not a condition of any purchase.";
export const eSign = "Your tick is your electronic signature.";

export const aBox = (spoilt: Partial<Control> = {}) =>
  aControl({
    selector: "#calls",
    order: 3,
    kind: "checkbox",
    label,
    labelLooks: looks(),
    ...spoilt,
  });

const outcome = {
  isAccepted: true,
  path: "/thanks",
  prices: ["$10"],
  faulty: [],
  excerpt: "Thank you",
};

/** A form that keeps all checks, wherever it is published. */
export const aForm = (spoilt: Partial<RenderedForm> = {}): RenderedForm => ({
  url: "https://example.com/offer",
  language: "en",
  title: "Windows",
  controls: [
    aControl({ selector: "#phone", order: 1, kind: "tel", label: "Phone" }),
    aControl({ selector: "#born", order: 2, kind: "date", label: "Date of birth", names: "bday" }),
    aBox(),
    aControl({
      selector: "#data",
      order: 4,
      kind: "checkbox",
      label: "I agree to the processing of my personal data, as this consent says",
      labelLooks: looks(),
    }),
    aControl({ selector: "#send", order: 5, kind: "button", label: "Send", isSubmit: true }),
  ],
  passages: [
    aPassage("Tell us about your windows and we will make you an estimate of the work.", {
      order: 0,
    }),
    aPassage([withdrawal, noCondition, eSign].join(" "), { order: 4 }),
  ],
  links: [
    aLink("this consent", "https://example.com/consent-to-data"),
    aLink("Privacy notice", "https://example.com/privacy"),
  ],
  bodyFontPx: 16,
  screenHeights: { wide: 900, narrow: 640 },
  countdowns: [],
  submission: { boxesEmpty: outcome, boxesTicked: outcome },
  asksAgain: false,
  privacyNotice: {
    url: "https://example.com/privacy",
    status: 200,
    text: "Example Windows LLC, 1 Main Street, Springfield. You have the right to see your data. You may complain to the supervisory authority.",
    steps: 0,
    asksPassword: false,
  },
  withdrawal: {
    url: "https://example.com/stop",
    status: 200,
    text: "Your number",
    steps: 2,
    asksPassword: false,
  },
  ...spoilt,
});

export const spoken = [
  {
    speaker: "agent",
    text: `Example Windows LLC would like to call you with marketing. ${withdrawal}`,
  },
  { speaker: "agent", text: "Do you agree?" },
  { speaker: "person", text: "Yes, I agree." },
] as const;

export const aFormContext = (spoilt: Partial<FormContextInput> = {}): FormContext =>
  FormContext.parse({
    jurisdictions: ["US-CA", "GB", "NL", "RU"],
    seller: { legalName: "Example Windows LLC" },
    channels: ["voice_live", "voice_autodialed", "voice_prerecorded", "voice_ai"],
    products: ["windows"],
    callLanguage: "en",
    disclosureHash: hashText(label),
    captured: ["server_time", "ip", "user_agent", "url", "snapshot", "control_states"],
    isSignatureLogged: true,
    verification: { method: "sms_code", text: "Your code is 1234" },
    screenedBy: ["seller", "channel", "purpose"],
    minimumAge: 18,
    transcript: spoken,
    callScript: "Press 9 and nobody calls you again.",
    ...spoilt,
  });
