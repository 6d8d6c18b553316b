import { useTranslations } from "next-intl";

export type Named = { name: string | null; externalId: string | null };

/** Name of a contact, or else their id in the organization's own systems. */
export function PersonName({ name, externalId }: Named) {
  const t = useTranslations("contacts");
  return name ?? externalId ?? t("unnamed");
}
