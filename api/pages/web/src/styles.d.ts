/** A style sheet that a module imports: the bundler puts it beside the part. */
declare module "*.css";
