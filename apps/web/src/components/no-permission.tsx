import type { Role } from "@ringfence/core/platform/access";
import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "./banner";

type NoPermissionProps = {
  /** What is not theirs to see, as the navigation calls it. */
  what: string;
  /** Who may. */
  roles: readonly Role[];
  member: { role: Role; organizationName: string };
};

/** Why a page stays shut, and who can open it. */
export function NoPermission({ what, roles, member }: NoPermissionProps) {
  const t = useTranslations("noPermission");
  const roleNames = useTranslations("roles");
  const format = useFormatter();
  const others = format.list(roles.map((other) => roleNames(other)));
  return (
    <Banner tone="locked" title={t("title", { what, role: t(`as.${member.role}`) })}>
      {t("who", { roles: others, organization: member.organizationName })}
    </Banner>
  );
}
