import { typedText } from "@/components/typed-text";
import { DraftDisclosure } from "@ringfence/core/consents/disclosure";

/** What a member typed, as a draft; null where the form itself lets nobody type such. */
export function draftGiven(id: string | undefined, data: FormData): DraftDisclosure | null {
  const one = (name: string) => typedText(data, name);
  const days = one("validDays");
  return (
    DraftDisclosure.safeParse({
      ...(id !== undefined && { id }),
      language: one("language"),
      text: one("text"),
      terms: {
        title: one("title"),
        asks: one("asks"),
        seller: one("seller"),
        purposes: data.getAll("purposes"),
        channels: data.getAll("channels"),
        states: data.getAll("states"),
        retention: one("retention"),
        withdrawal: one("withdrawal"),
        ...(days !== "" && { validDays: Number(days) }),
      },
    }).data ?? null
  );
}
