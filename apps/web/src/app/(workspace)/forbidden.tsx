import { rolesThatMay } from "@ringfence/core/access";
import { getTranslations } from "next-intl/server";
import { NoPermission } from "@/components/no-permission";
import { PageHead } from "@/components/page-head";
import { doorOf } from "@/features/shell/places";
import { currentMember } from "@/server/current-member";
import { requestPath } from "@/server/request-path";

/** With 403: `requireMember` has found that this page is not the member's to see. */
export default async function Forbidden() {
  const [member, path, t] = await Promise.all([
    currentMember(),
    requestPath(),
    getTranslations("places"),
  ]);
  const door = doorOf(new URL(path, "http://ringfence.invalid").pathname);
  if (member === null || door === undefined) return null;
  return (
    <>
      <PageHead title={t(door.key)} />
      <NoPermission what={t(door.key)} roles={rolesThatMay(door.action)} member={member} />
    </>
  );
}
