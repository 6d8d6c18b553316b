import type { ContactStanding } from "@ringfence/services/desk/contact";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";

/** Shows a contact's standing in a word. */
export function StandingWord({ standing }: { standing: ContactStanding | null }) {
  const t = useTranslations("contacts");
  if (standing === null) return <span className="text-sm text-muted">{t("nothingSaid")}</span>;
  return <Badge status={standing} />;
}
