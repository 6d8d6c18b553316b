import type { AuditActorView } from "@ringfence/services/desk/audit-log";
import { useTranslations } from "next-intl";

/** Returns a function that names a member, an API key or a job in a choice of actors. */
export function useActorName() {
  const t = useTranslations("audit.actors");
  return ({ type, id, name, hasEnded }: AuditActorView) => {
    if (type === "job") return t("job", { name: id });
    if (type === "key") return t(hasEnded ? "revokedKey" : "key", { name: name ?? id });
    return hasEnded ? t("removedMember", { name: name ?? id }) : (name ?? id);
  };
}
