"""Network -> a report on its contract, on the devices here and on its self-test on each of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..models.runtime.devices import DeviceReport, try_device
from ..models.runtime.self_test import TOLERANCE
from ..models.runtime.session import DEVICES
from .algorithm import RecurveAlgorithm
from .feedback import faults_for_qgis
from .parameters.network_files import NetworkFile
from .parameters.pretrained import NETWORKS, classifier_of, pretrained_parameter
from .setup.packages import add_packages_folder, installed_packages, missing_runtime
from .text import network_report
from .text.translation import tr
from .values import Values


class DescribeNetwork(RecurveAlgorithm):
    """Shows what a network says about itself, and how it does on the devices here."""

    prepared: NetworkFile

    group_id = "networks"

    NETWORK = "NETWORK"
    OUTPUT_HTML = "OUTPUT_HTML"
    DEVICES = "DEVICES"
    SELF_TEST = "SELF_TEST"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "describenetwork"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Describe network")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr(
            "Shows what a network says about itself, the devices and versions here, and how its self-test does on each "
            "device."
        )

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr(
            "network,contract,metadata,self-test,onnx,gpu,cuda,device,install,installation,diagnostics,bug report"
        ).split(",")

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs; their names are public."""
        parameters = [
            pretrained_parameter(tr("Pretrained network")),
            QgsProcessingParameterFile(
                self.NETWORK,
                tr("Network from a file"),
                extension="onnx",
                optional=True,
            ),
            QgsProcessingParameterFileDestination(
                self.OUTPUT_HTML, tr("Report"), tr("HTML files (*.html)"), optional=True
            ),
        ]
        self.add_parameters(*parameters)
        self.addOutput(QgsProcessingOutputString(self.DEVICES, tr("Devices on which the network runs")))
        self.addOutput(
            QgsProcessingOutputString(self.SELF_TEST, tr("Result of the self-test on each device"))
        )

    def prepared_from(self, values: Values) -> NetworkFile:
        """The chosen network; the first of the list where the devices and versions here are all that is asked for."""
        chosen = classifier_of(values, self.NETWORK)
        return NetworkFile.read(Path(chosen) if chosen else NETWORKS[0].path)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Tell what is known, then try each device; all of it without ONNX Runtime as far as that goes."""
        network, missing = self.prepared, missing_runtime()
        add_packages_folder()
        sections = [
            network_report.network_section(network.path, network.sha256, network.contract),
            network_report.versions_section(installed_packages()),
            network_report.libraries_section(),
        ]
        for section in sections:
            feedback.pushInfo("\n".join(section.lines()))
        reports: list[DeviceReport] = []
        if missing:
            feedback.pushWarning(missing)
            sections.append(network_report.Section("Devices", [("none", missing)]))
        for number, device in enumerate([] if missing else DEVICES, start=1):
            if feedback.isCanceled():
                return {}
            reports.append(try_device(network.path, device))
            sections.append(network_report.device_section(reports[-1]))
            tell = feedback.pushWarning if _fails(reports[-1]) else feedback.pushInfo
            tell("\n".join(sections[-1].lines()))
            feedback.setProgress(100 * number / len(DEVICES))
        results = {
            self.DEVICES: ",".join(report.device for report in reports if report.device == report.runs_on),
            self.SELF_TEST: json.dumps({r.device: _result(r) for r in reports if r.device != DEVICES[0]}),
        }
        output = Values(self, parameters, context).new_file(self.OUTPUT_HTML)
        if output:
            with faults_for_qgis():
                network_report.html_report(network.contract.name, sections).write(output)
            results[self.OUTPUT_HTML] = output
        return results


def _fails(report: DeviceReport) -> bool:
    """Whether the device runs the network and computes something else."""
    return bool(report.runs_on) and report.difference is None


def _result(report: DeviceReport) -> dict[str, Any]:
    """A report for programs, with the reason for people: it is in their language."""
    if report.difference is None:
        return {"passed": False, "reason": " ".join(report.remarks)}
    return {"passed": True, "difference": report.difference, "tolerance": TOLERANCE}
