import { PageNotFound } from "@/components/page-not-found";

/** Shown beside the navigation, in the main part of the workspace. */
export default PageNotFound;
