import { typedText } from "@/components/typed-text";
import { type ConfirmationSettings, DraftCaptureForm } from "@ringfence/core/consents/capture-form";

/** How a form is confirmed, as one choice. */
export const confirmations = {
  none: null,
  "told-sms": { means: "sms", isAsked: false },
  "told-email": { means: "email", isAsked: false },
  "asked-sms": { means: "sms", isAsked: true },
  "asked-email": { means: "email", isAsked: true },
} as const satisfies Record<string, ConfirmationSettings | null>;

const wordsOf = (text: string) => text.split(/[\s,]+/).filter((word) => word !== "");

/** What a member typed, as a draft, or the fields that it cannot be read from. */
export function draftGiven(id: string | undefined, data: FormData) {
  const one = (name: string) => typedText(data, name);
  const confirmation = Object.entries(confirmations).find(([key]) => key === one("confirmation"));
  const {
    success,
    data: draft,
    error,
  } = DraftCaptureForm.safeParse({
    ...(id !== undefined && { id }),
    name: one("formName"),
    kind: one("kind"),
    settings: {
      disclosures: data.getAll("disclosures").map((ref) => {
        const [disclosureId, version] = typeof ref === "string" ? ref.split("/") : [];
        return { id: disclosureId, version: Number(version) };
      }),
      origins: wordsOf(one("origins")),
      jurisdictions: wordsOf(one("jurisdictions").toUpperCase()),
      ...(one("url") !== "" && { url: one("url") }),
      name: one("name"),
      email: one("email"),
      confirmation: confirmation?.[1] ?? null,
      ...(one("callLanguage") !== "" && { callLanguage: one("callLanguage") }),
    },
  });
  if (success) return { draft };
  return { odd: new Set(error.issues.map(({ path }) => String(path[1] ?? path[0]))) };
}
