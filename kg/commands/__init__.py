"""The commands of ``kg``, a module for each of its rooms; `kg.cli` lists them."""
