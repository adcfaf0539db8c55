// One small entry, and a part for each island that is fetched only where a page has it.  Everything lies in one folder,
// under names with a hash in them, and is addressed relative to itself: the application may be mounted anywhere.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  clearScreen: false,
  logLevel: "warn",
  build: {
    assetsDir: "",
    assetsInlineLimit: 0, // no data: addresses, the content security policy forbids them
    chunkSizeWarningLimit: 700, // kB; the largest part is an editor, fetched where there is one
    emptyOutDir: true,
    manifest: "vite.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      input: "src/main.ts",
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  worker: { format: "es", rolldownOptions: { output: { entryFileNames: "[name]-[hash].js" } } },
});
