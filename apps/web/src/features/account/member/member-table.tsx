import type { MemberId } from "@ringfence/core/ids";
import type { MemberView } from "@ringfence/services/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { LastSignIn, useSellerNames } from "./member-facts";

type Sellers = Awaited<ReturnType<typeof listSellers>>;
type MemberTableProps = { members: readonly MemberView[]; sellers: Sellers; self: MemberId };

/** Table of members with role, sellers and last sign-in. */
export function MemberTable({ members, sellers, self }: MemberTableProps) {
  const t = useTranslations("members");
  const columns: [Column<MemberView>, ...Column<MemberView>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name }) => (
        <>
          <Link href={`/members/${id}`}>{name}</Link>
          {id === self && <span className="font-normal text-muted"> {t("you")}</span>}
        </>
      ),
    },
    {
      key: "email",
      head: t("email"),
      narrow: "full",
      cell: ({ email }) => <span className="break-all">{email}</span>,
    },
    ...useRightsColumns(sellers),
    useSignInColumn(),
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={members}
      rowKey={({ id }) => id}
    />
  );
}

function useRightsColumns(sellers: Sellers): Column<MemberView>[] {
  const t = useTranslations("members");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  const formatSellers = useSellerNames(sellers);
  return [
    {
      key: "role",
      head: t("role"),
      narrow: "full",
      cell: (member) => (
        <>
          {role(member.role)}
          <span className="block max-w-[24rem] text-sm text-muted">{may(member.role)}</span>
        </>
      ),
    },
    { key: "sellers", head: t("for"), narrow: t("for"), cell: formatSellers },
  ];
}

function useSignInColumn(): Column<MemberView> {
  const t = useTranslations("members");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return {
    key: "signedIn",
    head: t("signedIn", { zone }),
    narrow: t("signedIn", { zone }),
    cell: (member) => <LastSignIn member={member} precision="cell" />,
  };
}
