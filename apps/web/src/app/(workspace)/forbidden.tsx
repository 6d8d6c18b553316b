import { rolesThatMay } from "@ringfence/core/platform/access";
import { getTranslations } from "next-intl/server";
import { NoPermission, PageHead } from "@/components/page-layout";
import { findRequirement } from "@/features/desk/shell/pages";
import { currentMember } from "@/server/current-member";
import { requestPath } from "@/server/request-path";

/** Sent with status 403 when `requireMember` finds that the member may not open the page. */
export default async function Forbidden() {
  const [member, path, t] = await Promise.all([
    currentMember(),
    requestPath(),
    getTranslations("places"),
  ]);
  const need = findRequirement(new URL(path, "http://ringfence.invalid").pathname);
  if (member === null || need === undefined) return null;
  return (
    <>
      <PageHead title={t(need.key)} />
      <NoPermission what={t(need.key)} roles={rolesThatMay(need.action)} member={member} />
    </>
  );
}
