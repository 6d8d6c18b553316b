import { useTranslations } from "next-intl";

export type Named = { name: string | null; externalId: string | null };

/** What a contact is called: by themselves, else by the organization's own systems. */
export function PersonName({ name, externalId }: Named) {
  const t = useTranslations("contacts");
  return name ?? externalId ?? t("unnamed");
}
