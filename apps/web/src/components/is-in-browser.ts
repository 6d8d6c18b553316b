import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** False on the server, and in the browser until scripts have taken over the server's HTML. */
export const useIsInBrowser = () =>
  useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
