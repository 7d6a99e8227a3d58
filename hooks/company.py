"""A company's own site from company.yml: name, logo, colour, whom to tell, pages of its own, pages left out.

First of all hooks: what it adds and takes away is added and taken away for all others. Its mistakes are told with
those of the sources (hooks/check.py).
"""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from course import navigation
from course.company import colour
from course.company.model import ASSETS, INDEX, Company, company_of

EXTENSION = "course.extension"
TAB = "本公司"
STYLE = f"{ASSETS}/accent.css"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the file, and set what the theme and the navigation take from it."""
    root = Path(config.config_file_path).parent
    company = company_of(root)
    config.mdx_configs.setdefault(EXTENSION, {})["company"] = company or ""
    if company is None:
        return config
    config.watch += [str(file) for file in (company.file, company.folder) if file and file.exists()]
    if company.profile is None:
        return config
    if not os.environ.get("SITE_NAME"):
        config.site_name = company.profile.name
    if company.logo:
        config.theme["logo"] = config.theme["favicon"] = company.logo[0]
        config.watch.append(str(company.logo[1]))
    if company.profile.accent:
        config.extra_css = [*config.extra_css, STYLE]
    config.nav = navigation.without(config.nav, company.leaves_out)
    if config.nav and company.contents:
        config.nav.insert(1, {TAB: company.contents})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take out what is left out, and add what is the company's."""
    company = config.mdx_configs[EXTENSION]["company"]
    if not isinstance(company, Company) or company.profile is None:
        return files
    for file in list(files):
        if company.leaves_out(file.src_uri):
            files.remove(file)
    for path, source in (*company.files.items(), *([company.logo] if company.logo else [])):
        files.append(File.generated(config, path, abs_src_path=str(source)))
    if company.profile.accent:
        brand = (Path(config.docs_dir) / colour.BRAND).read_text(encoding="utf-8")
        files.append(File.generated(config, STYLE, content=company.style(brand)))
    if INDEX in company.contents:
        if INDEX not in company.pages:
            files.append(File.generated(config, INDEX, content=f"---\ntitle: {TAB}\n---\n\n# {TAB}\n"))
        # The line that every page ends with (hooks/theme/main.html).
        config.extra["company"] = {"escalation": company.profile.escalation, "page": _url(files), "tab": TAB}
    return files


def _url(files: Files) -> str:
    file = files.get_file_from_path(INDEX)
    assert file
    return file.url
