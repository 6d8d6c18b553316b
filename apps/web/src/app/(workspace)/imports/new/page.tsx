import { may } from "@ringfence/core/platform/access";
import { ImportKind, isMarketerKind } from "@ringfence/core/desk/import";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { NewImport } from "@/features/desk/import/new/new-import";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newImport");
  return { title: t("title") };
}

export default async function NewImportPage({ searchParams }: PageProps<"/imports/new">) {
  const member = await requireMember("import.run");
  const [t, { kind }] = await Promise.all([getTranslations("newImport"), searchParams]);
  const kinds = ImportKind.options.filter(
    (one) => isMarketerKind(one) || may(toActor(member), "import.run-record"),
  );
  return (
    <FormPage title={t("title")} note={t("note")} section={t("yourFile")}>
      <NewImport kind={kinds.find((one) => one === kind) ?? "contacts"} kinds={kinds} />
    </FormPage>
  );
}
