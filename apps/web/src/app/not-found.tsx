import { PageNotFound } from "@/components/page-not-found";

/** Shown outside the workspace. */
export default function NotFound() {
  return (
    <main className="main mx-auto">
      <PageNotFound />
    </main>
  );
}
