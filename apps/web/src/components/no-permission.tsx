import type { Role } from "@ringfence/core/platform/access";
import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "./banner";

type NoPermissionProps = {
  /** Name of the page, as in the navigation. */
  what: string;
  /** Roles that may open it. */
  roles: readonly Role[];
  member: { role: Role; organizationName: string };
};

/** Explains why the member may not open a page, and who may. */
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
