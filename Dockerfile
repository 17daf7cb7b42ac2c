# Both stages name one base: a virtual environment only works where its python is.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
# pip stays outside: what is not in the environment is not in the image.
RUN python -m venv --without-pip /opt/newswire
COPY requirements/app.txt requirements/app.txt
RUN pip --python /opt/newswire/bin/python install --no-cache-dir --require-hashes -r requirements/app.txt
COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY streams streams
COPY seeds seeds
RUN pip --python /opt/newswire/bin/python install --no-cache-dir --no-deps --no-build-isolation .
# Names and dates are compiled here, beside their data: a container starts in a second, on a read-only disk.
RUN /opt/newswire/bin/newswire streams

FROM python:3.11-slim-bookworm
RUN pip uninstall --yes --no-cache-dir --root-user-action=ignore setuptools wheel pip
COPY --from=build /opt/newswire /opt/newswire
ENV PATH=/opt/newswire/bin:$PATH PYTHONUNBUFFERED=1
# Faust makes its directory where it is started.
RUN install -d -o 10001 -g 10001 /var/lib/newswire
WORKDIR /var/lib/newswire
USER 10001:10001
EXPOSE 6066
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=2s \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:6066/healthz', timeout=4)"]
ENTRYPOINT ["newswire"]
CMD ["worker"]
