import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewLink } from "@/components/buttons";
import { DownloadList } from "@/components/export-list";
import { ListPage } from "@/components/list-page";
import { Section } from "@/components/page-layout";
import { FactorPolicy } from "@/features/account/second-factor/factor-policy";
import { MemberTable } from "@/features/account/member/member-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members");
  return { title: t("title") };
}

export default async function MembersPage() {
  const self = await requireMember("member.read");
  const [t, refusal, members, sellers] = await Promise.all([
    getTranslations("members"),
    whyNot(self, "member.change"),
    api.member.list(),
    api.seller.list(),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/members.csv" />
          <NewLink href="/members/new" whyNot={refusal}>
            {t("add")}
          </NewLink>
        </>
      }
    >
      <MemberTable
        members={members.filter(({ removedAt }) => removedAt === null)}
        sellers={sellers}
        self={self.memberId}
      />
      <Section title={t("secondFactor")} aside={t("secondFactorNote")}>
        <FactorPolicy from={self.secondFactorFrom} whyNot={refusal} />
      </Section>
    </ListPage>
  );
}
