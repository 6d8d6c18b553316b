import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHead } from "@/components/page-layout";
import { isDevelopment } from "@/env";
import {
  ControlSheet,
  FloatSheet,
  FormCheckSheet,
  StateSheet,
} from "@/features/desk/sheet/client-sheets";
import { FenceSheet, ListSheet, ValueSheet } from "@/features/desk/sheet/server-sheets";
import { words } from "@/features/desk/sheet/words";

export const metadata: Metadata = { title: words.title };

/** Shows every component and status to developers. It does not exist in production. */
export default async function SheetPage({ searchParams }: PageProps<"/sheet">) {
  if (!isDevelopment) notFound();

  const [key = "since", direction] = String((await searchParams).sort).split(".");
  return (
    <main className="main mx-auto">
      <PageHead title={words.title} note={words.note} />
      <FenceSheet />
      <FormCheckSheet />
      <ControlSheet />
      <ListSheet
        sort={{ key, direction: direction === "ascending" ? "ascending" : "descending" }}
      />
      <StateSheet />
      <FloatSheet />
      <ValueSheet />
    </main>
  );
}
