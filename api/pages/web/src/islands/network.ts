import type { Mount } from "../island";

export const mount: Mount = (root) => {
  root.dataset["drawn"] = "";
};
