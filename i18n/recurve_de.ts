<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Recurve</name>
    <message>
        <source>Classify and correct</source>
        <translation>Klassifizieren und korrigieren</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Klassifikation</translation>
    </message>
    <message>
        <source>Classifies an image with a convolutional network and corrects the map with a recurrent one.</source>
        <translation>Klassifiziert ein Bild mit einem faltenden neuronalen Netz und korrigiert die Karte mit einem rekurrenten.</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Corrector (empty: the classifier&apos;s)</source>
        <translation>Korrektor (leer: der zum Klassifikator gehörende)</translation>
    </message>
    <message>
        <source>Extent (empty: the whole image)</source>
        <translation>Ausdehnung (leer: das ganze Bild)</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>The part of the image to classify: the pixels whose centre is in it. The map has the image&apos;s pixels there, neither shifted nor resampled. Empty: the whole image.</source>
        <translation>Der zu klassifizierende Teil des Bildes: die Pixel, deren Mittelpunkt darin liegt. Die Karte hat dort die Pixel des Bildes, weder verschoben noch neu berechnet. Leer: das ganze Bild.</translation>
    </message>
    <message>
        <source>Polygons: only pixels whose centre is in one of them get a class, and tiles without any are skipped. Empty: all pixels.</source>
        <translation>Polygone: Nur Pixel, deren Mittelpunkt in einem von ihnen liegt, erhalten eine Klasse; Kacheln ohne solche Pixel werden übersprungen. Leer: alle Pixel.</translation>
    </message>
    <message>
        <source>Where the networks run. auto: the fastest one that works on this computer. A named one is used or the algorithm stops and says why; it never falls back in silence. In qgis_process and scripts the name is given: DEVICE=CPU.</source>
        <translation>Worauf die Netze rechnen. auto: das schnellste Gerät, das auf diesem Computer funktioniert. Ein ausdrücklich gewähltes wird verwendet, oder der Algorithmus bricht ab und nennt den Grund; er weicht nie stillschweigend auf ein anderes aus. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU.</translation>
    </message>
    <message>
        <source>The map, a GeoTIFF on the image&apos;s grid: 1, 2, 3, ... are the classes in the classifier&apos;s order, 0 is no data. Class names, colours and how the map was made are in the file.</source>
        <translation>Die Karte, ein GeoTIFF im Pixelgitter des Bildes: 1, 2, 3, ... sind die Klassen in der Reihenfolge des Klassifikators, 0 bedeutet keine Daten. Klassennamen, Farben und die Entstehung der Karte sind in der Datei festgehalten.</translation>
    </message>
    <message>
        <source>How sure the networks are of the class of each pixel: 0 to 100 %, 255 where there is no data.</source>
        <translation>Wie sicher sich die Netze der Klasse jedes Pixels sind: 0 bis 100 %; 255, wo es keine Daten gibt.</translation>
    </message>
    <message>
        <source>The score of each class (the numbers before softmax), after correction: one band per class, NaN where there is no data.</source>
        <translation>Die Bewertung jeder Klasse (die Zahlen vor dem Softmax) nach der Korrektur: ein Kanal je Klasse, NaN, wo es keine Daten gibt.</translation>
    </message>
    <message>
        <source>The image&apos;s bands in the order the classifier expects, for example 3, 2, 1 for an image stored as blue, green, red. Empty: the bands that bear the classifier&apos;s band names in the image (as description, or else as colour); where a name is missing or there twice, the first bands of the image, as many as the classifier needs. The log says which are taken.</source>
        <translation>Die Kanäle des Bildes in der Reihenfolge, die der Klassifikator erwartet, zum Beispiel 3, 2, 1 für ein Bild, das als Blau, Grün, Rot gespeichert ist. Leer: die Kanäle, die im Bild die Kanalnamen des Klassifikators tragen (als Beschreibung oder sonst als Farbe); wo ein Name fehlt oder zweimal da ist, die ersten Kanäle des Bildes, so viele, wie der Klassifikator braucht. Das Protokoll nennt, welche genommen werden.</translation>
    </message>
    <message>
        <source>The image: a raster file, also on a server (/vsicurl/https://...), or a WMS, WMTS or XYZ layer, with the bands the classifier was trained on, in raw values (nothing needs to be scaled). Pixels without data, by the raster&apos;s nodata value, alpha band or mask, stay without data in the map. Images without georeferencing are classified in pixel space; rotated ones have to be warped first.</source>
        <translation>Das Bild: eine Rasterdatei, auch auf einem Server (/vsicurl/https://...), oder ein WMS-, WMTS- oder XYZ-Layer, mit den Kanälen, mit denen der Klassifikator trainiert wurde, in Rohwerten (nichts muss skaliert werden). Pixel, die laut Leerwert, Alphakanal oder Maske des Rasters keine Daten haben, bleiben auch in der Karte ohne Daten. Bilder ohne Georeferenzierung werden in Pixelkoordinaten klassifiziert; gedrehte müssen vorher transformiert werden.</translation>
    </message>
    <message>
        <source>Describe network</source>
        <translation>Netz beschreiben</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Shows what a network says about itself, the devices and versions here, and how its self-test does on each device.</source>
        <translation>Zeigt, was ein Netz über sich selbst sagt, welche Geräte und Versionen es hier gibt und wie sein Selbsttest auf jedem Gerät ausfällt.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>HTML-Dateien (*.html)</translation>
    </message>
    <message>
        <source>Devices on which the network runs</source>
        <translation>Geräte, auf denen das Netz läuft</translation>
    </message>
    <message>
        <source>Result of the self-test on each device</source>
        <translation>Ergebnis des Selbsttests auf jedem Gerät</translation>
    </message>
    <message>
        <source>The report as a page, for the Results Viewer and for others; the log shows the same.</source>
        <translation>Der Bericht als Seite, für die Ergebnisanzeige und zum Weitergeben; das Protokoll zeigt dasselbe.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>In which numbers the networks compute. auto: fp16 (half precision) on a graphics card where the networks&apos; self-test shows that at least 99.9 % of the pixels keep their class, else fp32. fp16 needs the Python package onnx beside ONNX Runtime. A named precision is used or the algorithm stops and says why.</source>
        <translation>In welchen Zahlen die Netze rechnen. auto: fp16 (halbe Genauigkeit) auf einer Grafikkarte, wenn der Selbsttest der Netze zeigt, dass mindestens 99,9 % der Pixel ihre Klasse behalten, sonst fp32. fp16 braucht neben ONNX Runtime das Python-Paket onnx. Eine genannte Genauigkeit wird verwendet, oder der Algorithmus hält an und sagt, warum.</translation>
    </message>
    <message>
        <source>Gives each pixel of an image a class with a convolutional network (the classifier) and then corrects the map with a recurrent network (the corrector), which has learned to move class boundaries onto the edges of the image. The image is read tile by tile, so it may be of any size; the map does not depend on the tiles, unless the classifier looks farther than a tile can (the log says so).</source>
        <translation>Gibt jedem Pixel eines Bildes mit einem faltenden neuronalen Netz (dem Klassifikator) eine Klasse und korrigiert die Karte dann mit einem rekurrenten Netz (dem Korrektor), das gelernt hat, Klassengrenzen auf die Kanten des Bildes zu schieben. Das Bild wird Kachel für Kachel gelesen und darf daher beliebig groß sein; die Karte hängt nicht von den Kacheln ab, es sei denn, der Klassifikator sieht weiter, als eine Kachel reichen kann (das Protokoll sagt es dann).</translation>
    </message>
    <message>
        <source>Animate correction</source>
        <translation>Korrektur animieren</translation>
    </message>
    <message>
        <source>Assessment</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>Makes an animated picture of a map as it is corrected, beside its image.</source>
        <translation>Erzeugt ein animiertes Bild einer Karte während ihrer Korrektur, neben ihrem Bild.</translation>
    </message>
    <message>
        <source>animation,gif,apng,webp,iterations,correction,picture</source>
        <translation>Animation,GIF,APNG,WebP,Iterationen,Korrektur,Abbildung,iterations,correction,picture</translation>
    </message>
    <message>
        <source>Extent (empty: the whole map)</source>
        <translation>Ausdehnung (leer: die ganze Karte)</translation>
    </message>
    <message>
        <source>Seconds for each map</source>
        <translation>Sekunden je Karte</translation>
    </message>
    <message>
        <source>Screen pixels for each pixel</source>
        <translation>Bildschirmpixel je Pixel</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>GIF (*.gif);;Animated PNG (*.png);;WebP (*.webp)</source>
        <translation>GIF (*.gif);;Animiertes PNG (*.png);;WebP (*.webp)</translation>
    </message>
    <message>
        <source>Assess maps</source>
        <translation>Karten beurteilen</translation>
    </message>
    <message>
        <source>Tells how accurate maps are, by a reference, and what one made better or worse than another.</source>
        <translation>Zeigt, wie genau Karten nach einer Referenz sind und was die eine besser oder schlechter gemacht hat als die andere.</translation>
    </message>
    <message>
        <source>accuracy,assessment,validation,confusion matrix,iou,f1,kappa,boundary,area estimation,comparison</source>
        <translation>Genauigkeit,Beurteilung,Validierung,Konfusionsmatrix,IoU,F1,Kappa,Klassengrenze,Flächenschätzung,Vergleich,accuracy,assessment,validation,confusion matrix,boundary,area estimation,comparison</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Class field of reference polygons</source>
        <translation>Klassenfeld der Referenzpolygone</translation>
    </message>
    <message>
        <source>Class of all reference polygons, without a field</source>
        <translation>Klasse aller Referenzpolygone, ohne Feld</translation>
    </message>
    <message>
        <source>Unlabelled value of a reference raster (empty: its nodata value, or else 0)</source>
        <translation>Wert ohne Label eines Referenzrasters (leer: sein Leerwert oder sonst 0)</translation>
    </message>
    <message>
        <source>Strata of the area estimates (empty: each map&apos;s classes)</source>
        <translation>Schichten der Flächenschätzung (leer: die Klassen jeder Karte)</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON-Dateien (*.json)</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Overall accuracy of the last map</source>
        <translation>Gesamtgenauigkeit der letzten Karte</translation>
    </message>
    <message>
        <source>Mean IoU of the last map</source>
        <translation>Mittlere IoU der letzten Karte</translation>
    </message>
    <message>
        <source>Mean boundary IoU of the last map</source>
        <translation>Mittlere Boundary IoU der letzten Karte</translation>
    </message>
    <message>
        <source>Correct a map</source>
        <translation>Karte korrigieren</translation>
    </message>
    <message>
        <source>Corrects a classification map of any origin with a recurrent network that follows the edges of an image.</source>
        <translation>Korrigiert eine Klassifikationskarte beliebiger Herkunft mit einem rekurrenten Netz, das den Kanten eines Bildes folgt.</translation>
    </message>
    <message>
        <source>Map to correct</source>
        <translation>Zu korrigierende Karte</translation>
    </message>
    <message>
        <source>Kind of map</source>
        <translation>Art der Karte</translation>
    </message>
    <message>
        <source>Corrector</source>
        <translation>Korrektor</translation>
    </message>
    <message>
        <source>Prepare samples</source>
        <translation>Lerndaten vorbereiten</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Cuts an image and its labels into a sample set, from which networks learn.</source>
        <translation>Zerlegt ein Bild und seine Labels in einen Lerndatensatz, aus dem Netze lernen.</translation>
    </message>
    <message>
        <source>Bands (empty: all)</source>
        <translation>Kanäle (leer: alle)</translation>
    </message>
    <message>
        <source>Field with the class (empty: all labels are of one class)</source>
        <translation>Feld mit der Klasse (leer: alle Labels gehören zu einer Klasse)</translation>
    </message>
    <message>
        <source>Classes in order (empty: as the layer shows them)</source>
        <translation>Klassen in ihrer Reihenfolge (leer: wie der Layer sie darstellt)</translation>
    </message>
    <message>
        <source>Width of lines in metres</source>
        <translation>Breite der Linien in Metern</translation>
    </message>
    <message>
        <source>Field with the width of lines in metres</source>
        <translation>Feld mit der Breite der Linien in Metern</translation>
    </message>
    <message>
        <source>Largest chip side in pixels</source>
        <translation>Größte Kantenlänge eines Chips in Pixeln</translation>
    </message>
    <message>
        <source>Simulated misregistration of training labels in metres</source>
        <translation>Simulierter Lagefehler der Trainingslabels in Metern</translation>
    </message>
    <message>
        <source>Simulated omission of training labels in percent</source>
        <translation>Simulierte Auslassung von Trainingslabels in Prozent</translation>
    </message>
    <message>
        <source>Sample set</source>
        <translation>Lerndatensatz</translation>
    </message>
    <message>
        <source>Number of chips</source>
        <translation>Anzahl der Chips</translation>
    </message>
    <message>
        <source>Labelled training pixels</source>
        <translation>Trainingspixel mit Label</translation>
    </message>
    <message>
        <source>Labelled validation pixels</source>
        <translation>Validierungspixel mit Label</translation>
    </message>
    <message>
        <source>Train classifier</source>
        <translation>Klassifikator trainieren</translation>
    </message>
    <message>
        <source>Trains a convolutional network on sample sets, to classify images with.</source>
        <translation>Trainiert ein faltendes neuronales Netz mit Lerndatensätzen, um damit Bilder zu klassifizieren.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Glättung der Labels</translation>
    </message>
    <message>
        <source>Classifier</source>
        <translation>Klassifikator</translation>
    </message>
    <message>
        <source>Train corrector</source>
        <translation>Korrektor trainieren</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>Verborgene Einheiten</translation>
    </message>
    <message>
        <source>Sample sets</source>
        <translation>Lerndatensätze</translation>
    </message>
    <message>
        <source>Epochs, at most</source>
        <translation>Epochen, höchstens</translation>
    </message>
    <message>
        <source>Name of the network (empty: the file&apos;s)</source>
        <translation>Name des Netzes (leer: der der Datei)</translation>
    </message>
    <message>
        <source>ONNX files (*.onnx)</source>
        <translation>ONNX-Dateien (*.onnx)</translation>
    </message>
    <message>
        <source>Mean IoU on the validation chips</source>
        <translation>Mittlere IoU auf den Validierungschips</translation>
    </message>
    <message>
        <source>Makes an animated picture of a small part of the ground: the image beside its map, which sharpens from iteration to iteration. It opens in a browser, in a presentation or in a web page.</source>
        <translation>Erzeugt ein animiertes Bild eines kleinen Teils des Geländes: das Bild neben seiner Karte, die von Iteration zu Iteration schärfer wird. Es lässt sich in einem Browser, in einer Präsentation oder auf einer Webseite öffnen.</translation>
    </message>
    <message>
        <source>The image that was classified.</source>
        <translation>Das Bild, das klassifiziert wurde.</translation>
    </message>
    <message>
        <source>The maps after each iteration: what Classify and correct or Correct a map writes as the output of that name.</source>
        <translation>Die Karten nach jeder Iteration: was Klassifizieren und korrigieren oder Karte korrigieren als Ausgabe dieses Namens schreibt.</translation>
    </message>
    <message>
        <source>The part to show, at most 2000 pixels wide and high.</source>
        <translation>Der zu zeigende Teil, höchstens 2000 Pixel breit und hoch.</translation>
    </message>
    <message>
        <source>How long each map is shown. The last one stays three times as long.</source>
        <translation>Wie lange jede Karte gezeigt wird. Die letzte bleibt dreimal so lange stehen.</translation>
    </message>
    <message>
        <source>How many pixels of the picture each pixel of the map takes, in both directions.</source>
        <translation>Wie viele Pixel der Animation jedes Pixel der Karte einnimmt, in beiden Richtungen.</translation>
    </message>
    <message>
        <source>The animated picture: .gif (at most 256 colours), .png (APNG, all colours) or .webp (all colours, the smallest file).</source>
        <translation>Das animierte Bild: .gif (höchstens 256 Farben), .png (APNG, alle Farben) oder .webp (alle Farben, die kleinste Datei).</translation>
    </message>
    <message>
        <source>Tells how accurate maps are, by a reference of polygons or pixels whose class is known: confusion matrix, overall accuracy, IoU, F1, precision, recall and kappa; how well the boundaries are drawn (boundary IoU and boundary F1 at several tolerances); the area of each class, corrected by the errors the reference shows, with 95 % intervals; and, between maps, what was repaired and what was damaged. The maps are read block by block, so they may be of any size; the figures do not depend on the blocks. Maps and reference may differ in pixels and coordinate system.</source>
        <translation>Zeigt, wie genau Karten sind, nach einer Referenz aus Polygonen oder Pixeln, deren Klasse bekannt ist: Konfusionsmatrix, Gesamtgenauigkeit, IoU, F1, Precision, Recall und Kappa; wie gut die Grenzen gezogen sind (Boundary IoU und Boundary F1 bei mehreren Toleranzen); die Fläche jeder Klasse, berichtigt um die Fehler, die die Referenz zeigt, mit 95-%-Intervallen; und, zwischen Karten, was verbessert und was beschädigt wurde. Die Karten werden Block für Block gelesen und dürfen daher beliebig groß sein; die Kennzahlen hängen nicht von den Blöcken ab. Karten und Referenz dürfen sich in Pixeln und Koordinatensystem unterscheiden.</translation>
    </message>
    <message>
        <source>Polygons: only pixels whose centre is in one of them count, in the reference and in the areas. Empty: everywhere.</source>
        <translation>Polygone: Nur Pixel, deren Mittelpunkt in einem von ihnen liegt, zählen, in der Referenz und in den Flächen. Leer: überall.</translation>
    </message>
    <message>
        <source>How far a boundary may be off, in pixels of the map, for boundary IoU and boundary F1; whole numbers with commas between them.</source>
        <translation>Wie weit eine Grenze daneben liegen darf, in Pixeln der Karte, für Boundary IoU und Boundary F1; ganze Zahlen mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>The report as one page for the Results Viewer, for others and for paper: tables, and pictures where matplotlib is installed.</source>
        <translation>Der Bericht als eine Seite, für die Ergebnisanzeige, zum Weitergeben und zum Drucken: Tabellen, und Abbildungen, wenn matplotlib installiert ist.</translation>
    </message>
    <message>
        <source>A raster on the first map&apos;s pixels: 1 right in the first and the last map, 2 repaired (wrong, then right), 3 damaged (right, then wrong), 4 wrong in both, 0 not compared. For a single map: 1 right, 4 wrong.</source>
        <translation>Ein Raster auf den Pixeln der ersten Karte: 1 richtig in der ersten und der letzten Karte, 2 verbessert (falsch, dann richtig), 3 beschädigt (richtig, dann falsch), 4 falsch in beiden, 0 nicht verglichen. Bei einer einzigen Karte: 1 richtig, 4 falsch.</translation>
    </message>
    <message>
        <source>The map after each iteration of the correction: band 1 is the classifier&apos;s map (iteration 0), the last band is the map. Codes, names and colours are those of the map. Each iteration then costs about as much as the first; not with classifiers whose tiles are blended. Animate correction makes a picture of it.</source>
        <translation>Die Karte nach jeder Iteration der Korrektur: Kanal 1 ist die Karte des Klassifikators (Iteration 0), der letzte Kanal ist die Karte. Codes, Namen und Farben sind die der Karte. Jede Iteration kostet dann etwa so viel wie die erste; nicht mit Klassifikatoren, deren Kacheln überblendet werden. Korrektur animieren macht daraus ein bewegtes Bild.</translation>
    </message>
    <message>
        <source>The image the map was made from, or a finer one of the same time: a raster file with the bands the corrector was trained on, in raw values. Pixels without data stay without data in the corrected map.</source>
        <translation>Das Bild, aus dem die Karte entstanden ist, oder ein feineres aus derselben Zeit: eine Rasterdatei mit den Kanälen, mit denen der Korrektor trainiert wurde, in Rohwerten. Pixel ohne Daten bleiben auch in der korrigierten Karte ohne Daten.</translation>
    </message>
    <message>
        <source>The image&apos;s bands in the order the corrector expects. Empty: the bands that bear the corrector&apos;s band names in the image (as description, or else as colour); where a name is missing or there twice, the first bands of the image, as many as the corrector needs. The log says which are taken.</source>
        <translation>Die Kanäle des Bildes in der Reihenfolge, die der Korrektor erwartet. Leer: die Kanäle, die im Bild die Kanalnamen des Korrektors tragen (als Beschreibung oder sonst als Farbe); wo ein Name fehlt oder zweimal da ist, die ersten Kanäle des Bildes, so viele, wie der Korrektor braucht. Das Protokoll nennt, welche genommen werden.</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file made by Recurve.</source>
        <translation>Der Korrektor, eine von Recurve erzeugte .onnx-Datei.</translation>
    </message>
    <message>
        <source>The part of the image to correct: the pixels whose centre is in it. Empty: the whole image.</source>
        <translation>Der zu korrigierende Teil des Bildes: die Pixel, deren Mittelpunkt darin liegt. Leer: das ganze Bild.</translation>
    </message>
    <message>
        <source>The map after each iteration of the correction: band 1 is the map to correct on the image&apos;s pixels (iteration 0), the last band is the corrected map. Codes, names and colours are those of the map. Each iteration then costs about as much as the first. Animate correction makes a picture of it.</source>
        <translation>Die Karte nach jeder Iteration der Korrektur: Kanal 1 ist die zu korrigierende Karte auf den Pixeln des Bildes (Iteration 0), der letzte Kanal ist die korrigierte Karte. Codes, Namen und Farben sind die der Karte. Jede Iteration kostet dann etwa so viel wie die erste. Korrektur animieren macht daraus ein bewegtes Bild.</translation>
    </message>
    <message>
        <source>Cuts an image and its labels into a sample set: a folder of small image and label rasters (chips) and a file samples.json, from which classifiers and correctors learn. The ground is cut into blocks; each goes whole to training or to validation, and labels of the one that are within 64 pixels of the other are left out, so that a network is judged on ground it has not seen. Only the parts of the image that hold labels are read. Run it again on another image with the same output folder to make the set larger.</source>
        <translation>Zerlegt ein Bild und seine Labels in einen Lerndatensatz: einen Ordner mit kleinen Bild- und Labelrastern (Chips) und einer Datei samples.json, aus dem Klassifikatoren und Korrektoren lernen. Das Gelände wird in Blöcke zerlegt; jeder geht ganz ins Training oder in die Validierung, und Labels des einen, die höchstens 64 Pixel vom anderen entfernt sind, werden ausgelassen, sodass ein Netz auf Gelände beurteilt wird, das es nicht gesehen hat. Nur die Teile des Bildes mit Labels werden gelesen. Wird der Algorithmus mit einem anderen Bild und demselben Ausgabeordner erneut ausgeführt, wird der Datensatz größer.</translation>
    </message>
    <message>
        <source>The image, a raster file of any size in raw values. Pixels without data, by the raster&apos;s nodata value, alpha band or mask, are unlabelled. It may be without georeferencing, but not rotated; without a coordinate reference system its map units (or pixels) count as metres.</source>
        <translation>Das Bild, eine Rasterdatei beliebiger Größe in Rohwerten. Pixel, die laut Leerwert, Alphakanal oder Maske des Rasters keine Daten haben, sind ohne Label. Es darf ohne Georeferenzierung sein, aber nicht gedreht; ohne Koordinatenbezugssystem gelten seine Karteneinheiten (oder Pixel) als Meter.</translation>
    </message>
    <message>
        <source>The image&apos;s bands to learn from, in this order. Empty: all that are not alpha. The classifier will know them by their names in the image.</source>
        <translation>Die Kanäle des Bildes, aus denen gelernt wird, in dieser Reihenfolge. Leer: alle außer Alphakanälen. Der Klassifikator wird sie an ihren Namen im Bild erkennen.</translation>
    </message>
    <message>
        <source>How wide lines are on the ground, in metres: half of it on each side. Needed for lines unless a field tells the width of each.</source>
        <translation>Wie breit Linien auf dem Gelände sind, in Metern: die Hälfte davon auf jeder Seite. Für Linien nötig, es sei denn, ein Feld gibt die Breite jeder einzelnen an.</translation>
    </message>
    <message>
        <source>The field with the width of each line in metres. Lines without a number there have the width above.</source>
        <translation>Das Feld mit der Breite jeder Linie in Metern. Linien ohne Zahl darin haben die oben angegebene Breite.</translation>
    </message>
    <message>
        <source>Polygons: only labels inside them count; what is outside stays unlabelled. Draw them around the ground on which everything has been labelled. Empty: all labels count.</source>
        <translation>Polygone: Nur Labels in ihnen zählen; was außerhalb liegt, bleibt ohne Label. Sie werden um das Gelände gezeichnet, auf dem alles mit Labels versehen ist. Leer: Alle Labels zählen.</translation>
    </message>
    <message>
        <source>Largest height and width of a chip, in pixels. Networks learn from patches inside of chips, so a chip should be larger than the patches (128 to 256 pixels).</source>
        <translation>Größte Höhe und Breite eines Chips in Pixeln. Netze lernen aus Ausschnitten innerhalb von Chips, also sollte ein Chip größer sein als die Ausschnitte (128 bis 256 Pixel).</translation>
    </message>
    <message>
        <source>The same seed gives the same split and the same simulated flaws.</source>
        <translation>Derselbe Startwert ergibt dieselbe Aufteilung und dieselben simulierten Mängel.</translation>
    </message>
    <message>
        <source>For studies of imperfect labels: the training labels of each chip are moved in a random direction by up to so many metres. Validation labels stay as they are. Class rasters are moved by whole pixels.</source>
        <translation>Für Untersuchungen zu unvollkommenen Labels: Die Trainingslabels jedes Chips werden in eine zufällige Richtung um bis zu so viele Meter verschoben. Validierungslabels bleiben, wie sie sind. Klassenraster werden um ganze Pixel verschoben.</translation>
    </message>
    <message>
        <source>For studies of imperfect labels: how many percent of the features are left out of the training labels, by chance. Validation labels stay as they are. Not for class rasters.</source>
        <translation>Für Untersuchungen zu unvollkommenen Labels: wie viel Prozent der Objekte in den Trainingslabels zufällig ausgelassen werden. Validierungslabels bleiben, wie sie sind. Nicht für Klassenraster.</translation>
    </message>
    <message>
        <source>One or more sample sets: the folders that Prepare samples made, or the samples.json in them, which the dialog can choose. All must have the same bands and classes and pixels of about the same size. Together they need training and validation chips. In qgis_process: SAMPLES=folder, and once more for each further one.</source>
        <translation>Ein oder mehrere Lerndatensätze: die Ordner, die Lerndaten vorbereiten erzeugt hat, oder die Dateien samples.json darin, die der Dialog auswählen kann. Alle müssen dieselben Kanäle und Klassen und etwa gleich große Pixel haben. Zusammen brauchen sie Trainings- und Validierungschips. In qgis_process: SAMPLES=Ordner, und noch einmal für jeden weiteren.</translation>
    </message>
    <message>
        <source>How many epochs at most.</source>
        <translation>Wie viele Epochen höchstens.</translation>
    </message>
    <message>
        <source>How many patches are learned from in each step. More need more memory and make the steps steadier.</source>
        <translation>Aus wie vielen Ausschnitten in jedem Schritt gelernt wird. Mehr brauchen mehr Speicher und machen die Schritte ruhiger.</translation>
    </message>
    <message>
        <source>none: each labelled pixel counts alike. balanced: each class counts alike, so that rare classes are found more often, and found more often where they are not.</source>
        <translation>none: Jedes Pixel mit Label zählt gleich. balanced: Jede Klasse zählt gleich, sodass seltene Klassen öfter gefunden werden, und auch öfter dort, wo sie nicht sind.</translation>
    </message>
    <message>
        <source>Where the network is trained. auto: CUDA where PyTorch has it, else CPU. A named one is used or the algorithm stops and says why. In qgis_process and scripts the name is given: DEVICE=CPU.</source>
        <translation>Worauf das Netz trainiert wird. auto: CUDA, wenn PyTorch es hat, sonst CPU. Ein ausdrücklich gewähltes Gerät wird verwendet, oder der Algorithmus bricht ab und nennt den Grund. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU.</translation>
    </message>
    <message>
        <source>What the network is called in logs and reports. Empty: the name of its file.</source>
        <translation>Wie das Netz in Protokollen und Berichten heißt. Leer: der Name seiner Datei.</translation>
    </message>
    <message>
        <source>A map of any origin that shows the ground of all samples, in any coordinate reference system and resolution: the corrector learns to correct maps of that kind. Give this or a classifier.</source>
        <translation>Eine Karte beliebiger Herkunft, die das Gelände aller Lerndaten zeigt, in beliebigem Koordinatenbezugssystem und beliebiger Auflösung: Der Korrektor lernt, Karten dieser Art zu korrigieren. Anzugeben ist entweder sie oder ein Klassifikator.</translation>
    </message>
    <message>
        <source>Where the network is trained. auto: CUDA where PyTorch has it, else CPU. A named one is used or the algorithm stops and says why. In qgis_process and scripts the name is given: DEVICE=CPU. The scores to correct are always made on the CPU.</source>
        <translation>Worauf das Netz trainiert wird. auto: CUDA, wenn PyTorch es hat, sonst CPU. Ein ausdrücklich gewähltes Gerät wird verwendet, oder der Algorithmus bricht ab und nennt den Grund. In qgis_process und in Skripten wird der Name angegeben: DEVICE=CPU. Die zu korrigierenden Bewertungen werden immer auf der CPU berechnet.</translation>
    </message>
    <message>
        <source>How many patches are learned from in each step. Few make more and smaller steps of the same ground, which a corrector learns better from; more use a graphics card better and need more memory.</source>
        <translation>Aus wie vielen Ausschnitten in jedem Schritt gelernt wird. Wenige ergeben mehr und kleinere Schritte auf demselben Grund, aus denen ein Korrektor besser lernt; viele nutzen eine Grafikkarte besser aus und brauchen mehr Speicher.</translation>
    </message>
    <message>
        <source>Trains a convolutional network (the classifier) on sample sets, to be used in Classify and correct. It learns from the sets&apos; training chips; after each epoch its map of the validation chips is compared with their labels, and the state with the best mean IoU is what is exported. Training ends early when a quarter of the epochs, and at least 5, brought nothing better. An epoch has as many steps as it takes to show each labelled pixel about 4 times, and 6.5 million pixels at least; small sets are shown more often. It has at least 50 steps and at most 500. Patches are turned, mirrored, made brighter, darker, larger and smaller by chance. A cancelled or interrupted training goes on from its last whole epoch when the same command is run again; its state lies in a hidden file beside the output until the network is there. The same seed gives the same network on the same machine with the same number of threads.</source>
        <translation>Trainiert ein faltendes neuronales Netz (den Klassifikator) mit Lerndatensätzen, zur Verwendung in Klassifizieren und korrigieren. Es lernt aus den Trainingschips der Datensätze; nach jeder Epoche wird seine Karte der Validierungschips mit deren Labels verglichen, und der Stand mit der besten mittleren IoU wird exportiert. Das Training endet früher, wenn ein Viertel der Epochen, und mindestens 5, nichts Besseres gebracht hat. Eine Epoche hat so viele Schritte, dass jedes gelabelte Pixel etwa 4-mal gezeigt wird, und mindestens 6,5 Millionen Pixel; kleine Lerndatensätze werden öfter gezeigt. Sie hat mindestens 50 und höchstens 500 Schritte. Ausschnitte werden zufällig gedreht, gespiegelt, heller, dunkler, größer und kleiner gemacht. Ein abgebrochenes oder unterbrochenes Training geht ab seiner letzten ganzen Epoche weiter, wenn derselbe Befehl erneut ausgeführt wird; sein Stand liegt in einer versteckten Datei neben der Ausgabe, bis das Netz da ist. Derselbe Startwert ergibt dasselbe Netz auf demselben Rechner mit derselben Anzahl von Threads.</translation>
    </message>
    <message>
        <source>Reference (polygons)</source>
        <translation>Referenz (Polygone)</translation>
    </message>
    <message>
        <source>Or the reference as a raster of classes</source>
        <translation>Oder die Referenz als Klassenraster</translation>
    </message>
    <message>
        <source>deep learning,machine learning,neural network,cnn,rnn,onnx,segmentation,land cover,classification,building,footprint,roof,orthophoto,aerial image,satellite image</source>
        <translation>Deep Learning,maschinelles Lernen,neuronales Netz,CNN,RNN,ONNX,Segmentierung,Landbedeckung,Klassifikation,Gebäude,Grundriss,Dach,Orthofoto,Luftbild,Satellitenbild,machine learning,neural network,segmentation,land cover,classification,building,footprint,roof,orthophoto,aerial image,satellite image</translation>
    </message>
    <message>
        <source>Pretrained network</source>
        <translation>Vortrainiertes Netz</translation>
    </message>
    <message>
        <source>Or a classifier from a file</source>
        <translation>Oder ein Klassifikator aus einer Datei</translation>
    </message>
    <message>
        <source>correction,post-processing,smooth,sharpen,majority filter,boundaries,edges,rnn,onnx,machine learning,segmentation,land cover,building,footprint,map</source>
        <translation>Korrektur,Nachbearbeitung,glätten,schärfen,Mehrheitsfilter,Klassengrenzen,Kanten,RNN,ONNX,maschinelles Lernen,Segmentierung,Landbedeckung,Gebäude,Grundriss,Dach,Karte,correction,post-processing,smooth,sharpen,majority filter,boundaries,edges,machine learning,segmentation,land cover,building,footprint,map</translation>
    </message>
    <message>
        <source>network,contract,metadata,self-test,onnx,gpu,cuda,device,install,installation,diagnostics,bug report</source>
        <translation>Netz,Metadaten,Selbsttest,ONNX,GPU,CUDA,Gerät,Grafikkarte,installieren,Installation,Diagnose,Fehlerbericht,network,contract,metadata,self-test,device,install,diagnostics,bug report</translation>
    </message>
    <message>
        <source>Or a network from a file</source>
        <translation>Oder ein Netz aus einer Datei</translation>
    </message>
    <message>
        <source>Buildings to polygons</source>
        <translation>Gebäude in Polygone umwandeln</translation>
    </message>
    <message>
        <source>Train and classify</source>
        <translation>Trainieren und klassifizieren</translation>
    </message>
    <message>
        <source>Classifier (empty: pretrained for buildings)</source>
        <translation>Klassifikator (leer: der vortrainierte für Gebäude)</translation>
    </message>
    <message>
        <source>Smallest part in pixels</source>
        <translation>Kleinster Teil in Pixeln</translation>
    </message>
    <message>
        <source>Simplify by up to (metres)</source>
        <translation>Vereinfachen um bis zu (Meter)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Class of the labels</source>
        <translation>Klasse der Labels</translation>
    </message>
    <message>
        <source>Class of what they leave free</source>
        <translation>Klasse dessen, was sie frei lassen</translation>
    </message>
    <message>
        <source>Epochs of the classifier</source>
        <translation>Epochen des Klassifikators</translation>
    </message>
    <message>
        <source>Epochs of the corrector</source>
        <translation>Epochen des Korrektors</translation>
    </message>
    <message>
        <source>Example models</source>
        <translation>Beispielmodelle</translation>
    </message>
    <message>
        <source>building,footprint,roof,digitize,vectorize,orthophoto,machine learning,deep learning</source>
        <translation>Gebäude,Grundriss,Dach,digitalisieren,vektorisieren,Orthofoto,maschinelles Lernen,Deep Learning,building,footprint,roof,digitize,vectorize,orthophoto,machine learning</translation>
    </message>
    <message>
        <source>An example of what a model makes of Recurve&apos;s algorithms; it can be opened in the model designer.</source>
        <translation>Ein Beispiel dafür, was ein Modell aus den Algorithmen von Recurve macht; es lässt sich im Modellentwurf öffnen.</translation>
    </message>
    <message>
        <source>Open in model designer…</source>
        <translation>Im Modellentwurf öffnen…</translation>
    </message>
    <message>
        <source>Recurve needs the Python package onnxruntime, which this QGIS has not got (with an NVIDIA GPU, take onnxruntime-gpu in its place). Run this command in {shell}, then try again:</source>
        <translation>Recurve braucht das Python-Paket onnxruntime, das in diesem QGIS fehlt (mit einer NVIDIA-GPU nehmen Sie stattdessen onnxruntime-gpu). Führen Sie diesen Befehl in {shell} aus und versuchen Sie es dann erneut:</translation>
    </message>
    <message>
        <source>Training needs the Python packages {packages}, which this QGIS has not got. Run this in {shell}, line by line, then try again:</source>
        <translation>Zum Training werden die Python-Pakete {packages} gebraucht, die in diesem QGIS fehlen. Führen Sie Folgendes Zeile für Zeile in {shell} aus und versuchen Sie es dann erneut:</translation>
    </message>
    <message>
        <source>the OSGeo4W Shell of the Start menu (in PowerShell, with &amp; and a space before it)</source>
        <translation>der OSGeo4W Shell des Startmenüs (in PowerShell mit &amp; und einem Leerzeichen davor)</translation>
    </message>
    <message>
        <source>a terminal</source>
        <translation>einem Terminal</translation>
    </message>
    <message>
        <source>training,samples,labels,chips,tiles,dataset,digitize,digitise,annotation,deep learning,machine learning</source>
        <translation>Training,Lerndaten,Labels,Chips,Kacheln,Datensatz,digitalisieren,Digitalisierung,Annotation,Deep Learning,maschinelles Lernen,samples,tiles,dataset,digitize,digitise,machine learning</translation>
    </message>
    <message>
        <source>Labels (polygons or lines)</source>
        <translation>Labels (Polygone oder Linien)</translation>
    </message>
    <message>
        <source>Or labels as a raster of classes</source>
        <translation>Oder Labels als Klassenraster</translation>
    </message>
    <message>
        <source>train,fine-tune,deep learning,machine learning,neural network,cnn,u-net,pytorch,samples,classifier</source>
        <translation>trainieren,Feinabstimmung,Deep Learning,maschinelles Lernen,neuronales Netz,CNN,U-Net,PyTorch,Lerndaten,Klassifikator,train,fine-tune,machine learning,neural network,samples,classifier</translation>
    </message>
    <message>
        <source>train,deep learning,machine learning,neural network,rnn,pytorch,samples,corrector,refine,boundaries,smooth</source>
        <translation>trainieren,Deep Learning,maschinelles Lernen,neuronales Netz,RNN,PyTorch,Lerndaten,Korrektor,verfeinern,Klassengrenzen,glätten,train,machine learning,neural network,samples,corrector,refine,boundaries,smooth</translation>
    </message>
    <message>
        <source>Pretrained network whose maps it will correct</source>
        <translation>Vortrainiertes Netz, dessen Karten korrigiert werden sollen</translation>
    </message>
    <message>
        <source>Write the corrector even if it does not help</source>
        <translation>Den Korrektor auch schreiben, wenn er nicht hilft</translation>
    </message>
    <message>
        <source>Threads on the CPU (empty: as many as there are free cores)</source>
        <translation>Threads auf der CPU (leer: so viele, wie Kerne frei sind)</translation>
    </message>
    <message>
        <source>What is taken as the truth: polygons with a class field. Each pixel of a map gets the class at its centre. What the reference leaves out does not count. Use ground on which nothing was trained or tuned.</source>
        <translation>Was als wahr gilt: Polygone mit einem Klassenfeld. Jedes Pixel einer Karte erhält die Klasse an seinem Mittelpunkt. Was die Referenz auslässt, zählt nicht. Zu verwenden ist Gelände, auf dem nichts trainiert oder abgestimmt wurde.</translation>
    </message>
    <message>
        <source>The image: a georeferenced raster file with the bands the classifier was trained on; for the pretrained one red, green, blue at 0.2 to 0.4 m.</source>
        <translation>Das Bild: eine georeferenzierte Rasterdatei mit den Kanälen, mit denen der Klassifikator trainiert wurde; für den vortrainierten Rot, Grün, Blau mit Pixeln von 0,2 bis 0,4 m.</translation>
    </message>
    <message>
        <source>A classifier of your own, an .onnx file made by Recurve (Train classifier). Empty: the pretrained network for buildings, which has learned from one town in Nepal; on other ground expect a poor map.</source>
        <translation>Ein eigener Klassifikator, eine von Recurve erzeugte .onnx-Datei (Klassifikator trainieren). Leer: das vortrainierte Netz für Gebäude, das aus einer einzigen Stadt in Nepal gelernt hat; auf anderem Gelände ist eine schlechte Karte zu erwarten.</translation>
    </message>
    <message>
        <source>A corrector that was trained for the classifier, an .onnx file. Empty: the one that comes with Recurve for the classifier; where there is none, the map is not corrected.</source>
        <translation>Ein Korrektor, der für den Klassifikator trainiert wurde, eine .onnx-Datei. Leer: der mit Recurve gelieferte für den Klassifikator; wo es keinen gibt, wird die Karte nicht korrigiert.</translation>
    </message>
    <message>
        <source>Connected parts of the map of fewer pixels are given to the largest part beside them.</source>
        <translation>Zusammenhängende Teile der Karte mit weniger Pixeln werden dem größten Teil neben ihnen zugeschlagen.</translation>
    </message>
    <message>
        <source>How far a simplified border may be from that of the pixels, in metres on the ground, whatever the units of the image&apos;s coordinate reference system. 0: the borders follow the pixels.</source>
        <translation>Wie weit eine vereinfachte Grenze von der der Pixel entfernt sein darf, in Metern auf dem Gelände, unabhängig von den Einheiten des Koordinatenbezugssystems des Bildes. 0: Die Grenzen folgen den Pixeln.</translation>
    </message>
    <message>
        <source>The corrected map with all classes, as Classify and correct makes it.</source>
        <translation>Die korrigierte Karte mit allen Klassen, wie Klassifizieren und korrigieren sie erzeugt.</translation>
    </message>
    <message>
        <source>The polygons of the class, in the image&apos;s coordinate reference system, with the fields class, area_m2 and confidence.</source>
        <translation>Die Polygone der Klasse im Koordinatenbezugssystem des Bildes, mit den Feldern class, area_m2 und confidence.</translation>
    </message>
    <message>
        <source>The networks that come with Recurve: what they map, the pixel sizes and bands they were trained for, their classes, and the ground they have learned from. On other ground, in another climate or with another camera, expect a poor map, and train your own. None is taken unless it is chosen. In qgis_process and scripts the name alone is enough: PRETRAINED=Buildings.</source>
        <translation>Die mit Recurve gelieferten Netze: was sie kartieren, für welche Pixelgrößen und Kanäle sie trainiert wurden, ihre Klassen und das Gelände, aus dem sie gelernt haben. Auf anderem Gelände, in anderem Klima oder mit einer anderen Kamera ist eine schlechte Karte zu erwarten; trainieren Sie dann ein eigenes. Keines wird verwendet, das nicht gewählt ist. In qgis_process und in Skripten genügt der Name allein: PRETRAINED=Buildings.</translation>
    </message>
    <message>
        <source>A classifier of your own, an .onnx file made by Recurve (Train classifier), in place of a pretrained network.</source>
        <translation>Ein eigener Klassifikator, eine von Recurve erzeugte .onnx-Datei (Klassifikator trainieren), anstelle eines vortrainierten Netzes.</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file that was trained for the network above. Empty: the one that comes with Recurve for that network; where there is none, the map is not corrected, and the log says so.</source>
        <translation>Der Korrektor, eine .onnx-Datei, die für das Netz darüber trainiert wurde. Leer: der mit Recurve gelieferte für dieses Netz; wo es keinen gibt, wird die Karte nicht korrigiert, und das Protokoll vermerkt es.</translation>
    </message>
    <message>
        <source>How often the corrector is applied. Empty: as often as was best on the ground it was validated on. 0: the classifier&apos;s map, not corrected.</source>
        <translation>Wie oft der Korrektor angewendet wird. Leer: so oft, wie es auf dem Gelände, auf dem er validiert wurde, am besten war. 0: die Karte des Klassifikators, nicht korrigiert.</translation>
    </message>
    <message>
        <source>How often the corrector is applied. Empty: as often as was best on the ground it was validated on. 0: the map as it is, on the image&apos;s pixels.</source>
        <translation>Wie oft der Korrektor angewendet wird. Leer: so oft, wie es auf dem Gelände, auf dem er validiert wurde, am besten war. 0: die Karte, wie sie ist, auf den Pixeln des Bildes.</translation>
    </message>
    <message>
        <source>One of the networks that come with Recurve. Nothing chosen here nor below: the first of them, where only the devices and versions of this computer are asked for.</source>
        <translation>Eines der mit Recurve gelieferten Netze. Ist weder hier noch darunter etwas gewählt: das erste von ihnen, wenn es nur um die Geräte und Versionen dieses Computers geht.</translation>
    </message>
    <message>
        <source>A network of your own, an .onnx file made by Recurve: a classifier or a corrector.</source>
        <translation>Ein eigenes Netz, eine von Recurve erzeugte .onnx-Datei: ein Klassifikator oder ein Korrektor.</translation>
    </message>
    <message>
        <source>What the classes are: a layer of polygons or lines. Features are brought to the image&apos;s coordinates. A pixel gets the class of the polygon that its centre is in. Where polygons overlap, the class that comes last in the list of classes wins. What is left out (beside the image, invalid, of no class) is named in the log and counted.</source>
        <translation>Was die Klassen sind: ein Layer mit Polygonen oder Linien. Objekte werden in die Koordinaten des Bildes gebracht. Ein Pixel erhält die Klasse des Polygons, in dem sein Mittelpunkt liegt. Wo sich Polygone überlappen, gewinnt die Klasse, die in der Liste der Klassen zuletzt kommt. Was ausgelassen wird (neben dem Bild, ungültig, ohne Klasse), wird im Protokoll genannt und gezählt.</translation>
    </message>
    <message>
        <source>The field that tells the class of each polygon or line. Empty: all are of one class, named in CLASSES or else after the layer. Features of which the field is empty or names no class stay unlabelled, and do not become background.</source>
        <translation>Das Feld, das die Klasse jedes Polygons oder jeder Linie angibt. Leer: Alle gehören zu einer Klasse, benannt in CLASSES oder sonst nach dem Layer. Objekte, deren Feld leer ist oder keine Klasse nennt, bleiben ohne Label und werden nicht zum Hintergrund.</translation>
    </message>
    <message>
        <source>In place of polygons or lines: a raster with a whole number for each class. It may have other pixels and another coordinate system than the image; each pixel of the image gets the class at its centre.</source>
        <translation>Anstelle von Polygonen oder Linien: ein Raster mit einer ganzen Zahl je Klasse. Es darf andere Pixel und ein anderes Koordinatensystem haben als das Bild; jedes Pixel des Bildes erhält die Klasse an seinem Mittelpunkt.</translation>
    </message>
    <message>
        <source>The folder of the sample set. If it holds a sample set of the same bands and classes, the chips are added to it, those it has already excepted; a set of another kind is refused. A run that is cancelled leaves the folder as it was. The dialog offers a new folder beside the saved project, or in the folder Recurve in your documents; a temporary one is deleted when QGIS closes.</source>
        <translation>Der Ordner des Lerndatensatzes. Enthält er einen Lerndatensatz mit denselben Kanälen und Klassen, werden die Chips hinzugefügt, außer denen, die er schon hat; ein Datensatz anderer Art wird abgelehnt. Ein abgebrochener Lauf lässt den Ordner, wie er war. Der Dialog schlägt einen neuen Ordner neben dem gespeicherten Projekt vor oder im Ordner Recurve in Ihren Dokumenten; ein temporärer wird gelöscht, wenn QGIS beendet wird.</translation>
    </message>
    <message>
        <source>The image to learn from and to classify: a georeferenced raster file.</source>
        <translation>Das Bild, aus dem gelernt und das klassifiziert wird: eine georeferenzierte Rasterdatei.</translation>
    </message>
    <message>
        <source>Polygons of the class on much ground; small errors do no harm.</source>
        <translation>Polygone der Klasse auf viel Gelände; kleine Fehler schaden nicht.</translation>
    </message>
    <message>
        <source>What the labels show; the name of the class in the map.</source>
        <translation>Was die Labels zeigen; der Name der Klasse in der Karte.</translation>
    </message>
    <message>
        <source>What the rest shows; the name of the class in the map.</source>
        <translation>Was der Rest zeigt; der Name der Klasse in der Karte.</translation>
    </message>
    <message>
        <source>How long the classifier learns. Training ends early where nothing gets better.</source>
        <translation>Wie lange der Klassifikator lernt. Das Training endet früher, wenn nichts mehr besser wird.</translation>
    </message>
    <message>
        <source>How long the corrector learns. Training ends early where nothing gets better.</source>
        <translation>Wie lange der Korrektor lernt. Das Training endet früher, wenn nichts mehr besser wird.</translation>
    </message>
    <message>
        <source>The trained classifier, an .onnx file.</source>
        <translation>Der trainierte Klassifikator, eine .onnx-Datei.</translation>
    </message>
    <message>
        <source>The trained corrector, an .onnx file.</source>
        <translation>Der trainierte Korrektor, eine .onnx-Datei.</translation>
    </message>
    <message>
        <source>The corrected map of the whole image.</source>
        <translation>Die korrigierte Karte des ganzen Bildes.</translation>
    </message>
    <message>
        <source>A network that comes with Recurve, to be trained further, which needs fewer labels than a new one. It must have the same bands; where its classes are others, its last layer is made new.</source>
        <translation>Ein mit Recurve geliefertes Netz, das weiter trainiert wird, was weniger Labels braucht als ein neues. Es muss dieselben Kanäle haben; wo seine Klassen andere sind, wird seine letzte Schicht neu gemacht.</translation>
    </message>
    <message>
        <source>In how many threads PyTorch computes on the CPU. Empty: as many as there are cores that nothing else uses when the training begins, within what the system grants this process; the log says how many. The number changes the last digits of the results, and so the network a little: it is kept in the network&apos;s file.</source>
        <translation>In wie vielen Threads PyTorch auf der CPU rechnet. Leer: so viele, wie es Kerne gibt, die zu Beginn des Trainings nichts anderes benutzt, im Rahmen dessen, was das System diesem Prozess zugesteht; das Protokoll nennt die Zahl. Sie ändert die letzten Stellen der Ergebnisse und damit das Netz ein wenig: Sie wird in der Datei des Netzes festgehalten.</translation>
    </message>
    <message>
        <source>The classifier, an .onnx file. It carries its bands, classes, pixel size, the accuracy on the validation chips and a self-test. The dialog offers the folder of the saved project, or the folder Recurve in your documents. A temporary file is deleted when QGIS closes.</source>
        <translation>Der Klassifikator, eine .onnx-Datei. Sie enthält seine Kanäle, Klassen, Pixelgröße, die Genauigkeit auf den Validierungschips und einen Selbsttest. Der Dialog schlägt den Ordner des gespeicherten Projekts vor oder den Ordner Recurve in Ihren Dokumenten. Eine temporäre Datei wird gelöscht, wenn QGIS beendet wird.</translation>
    </message>
    <message>
        <source>An HTML file that opens without a network: curves, accuracy per class, confusion matrix, examples from the validation chips, the settings, and what to do when it looks bad. A place that is left as the dialog offers it is beside the network, under the same name.</source>
        <translation>Eine HTML-Datei, die sich ohne Internet öffnen lässt: Kurven, Genauigkeit je Klasse, Konfusionsmatrix, Beispiele aus den Validierungschips, die Einstellungen und was zu tun ist, wenn es schlecht aussieht. Bleibt der Ort, wie der Dialog ihn vorschlägt, liegt sie neben dem Netz, unter demselben Namen.</translation>
    </message>
    <message>
        <source>A network that comes with Recurve, whose maps the corrector will correct; with the bands and classes of the samples. Give this, a classifier from a file, or a map.</source>
        <translation>Ein mit Recurve geliefertes Netz, dessen Karten der Korrektor korrigieren soll, mit den Kanälen und Klassen der Lerndaten. Anzugeben ist entweder dieses, ein Klassifikator aus einer Datei oder eine Karte.</translation>
    </message>
    <message>
        <source>In place of a pretrained network: the classifier whose maps the corrector will correct, an .onnx file made by Recurve with the bands and classes of the samples.</source>
        <translation>Anstelle eines vortrainierten Netzes: der Klassifikator, dessen Karten der Korrektor korrigieren soll, eine von Recurve erzeugte .onnx-Datei mit den Kanälen und Klassen der Lerndaten.</translation>
    </message>
    <message>
        <source>How often the correction is applied in training. Classify and correct applies it as often as was best on the validation chips, at most so often, unless it is told otherwise.</source>
        <translation>Wie oft die Korrektur im Training angewendet wird. Klassifizieren und korrigieren wendet sie so oft an, wie es auf den Validierungschips am besten war, höchstens so oft wie hier, wenn nichts anderes angegeben ist.</translation>
    </message>
    <message>
        <source>Write the corrector also where it makes the validation map no better. After a training that ended because of that, the same settings with this box ticked write it without training again.</source>
        <translation>Den Korrektor auch dann schreiben, wenn er die Validierungskarte nicht besser macht. Nach einem Training, das deswegen endete, schreiben ihn dieselben Einstellungen mit gesetztem Häkchen, ohne dass erneut trainiert wird.</translation>
    </message>
    <message>
        <source>The corrector, an .onnx file. It carries its bands, classes, pixel size, what it was trained to correct, how often it is best applied, the accuracy on the validation chips and a self-test. The dialog offers the folder of the saved project, or the folder Recurve in your documents. A temporary file is deleted when QGIS closes.</source>
        <translation>Der Korrektor, eine .onnx-Datei. Sie enthält seine Kanäle, Klassen, Pixelgröße, was zu korrigieren er trainiert wurde, wie oft er am besten angewendet wird, die Genauigkeit auf den Validierungschips und einen Selbsttest. Der Dialog schlägt den Ordner des gespeicherten Projekts vor oder den Ordner Recurve in Ihren Dokumenten. Eine temporäre Datei wird gelöscht, wenn QGIS beendet wird.</translation>
    </message>
    <message>
        <source>An HTML file that opens without a network: curves, accuracy per class before and after the correction, confusion matrix, examples with the map after every iteration, the settings, and what to do when it looks bad. A place that is left as the dialog offers it is beside the corrector, under the same name.</source>
        <translation>Eine HTML-Datei, die sich ohne Internet öffnen lässt: Kurven, Genauigkeit je Klasse vor und nach der Korrektur, Konfusionsmatrix, Beispiele mit der Karte nach jeder Iteration, die Einstellungen und was zu tun ist, wenn es schlecht aussieht. Bleibt der Ort, wie der Dialog ihn vorschlägt, liegt sie neben dem Korrektor, unter demselben Namen.</translation>
    </message>
    <message>
        <source>Corrector from a file (empty: the network&apos;s own)</source>
        <translation>Korrektor aus einer Datei (leer: der des Netzes)</translation>
    </message>
    <message>
        <source>Iterations of the correction (empty: the best in training)</source>
        <translation>Iterationen der Korrektur (leer: die besten des Trainings)</translation>
    </message>
    <message>
        <source>Intermediate maps</source>
        <translation>Zwischenkarten</translation>
    </message>
    <message>
        <source>Background class (empty: not known)</source>
        <translation>Hintergrundklasse (leer: nicht bekannt)</translation>
    </message>
    <message>
        <source>Class table of the maps (empty: by name or value)</source>
        <translation>Klassentabelle der Karten (leer: nach Name oder Wert)</translation>
    </message>
    <message>
        <source>0 is a class of a reference raster</source>
        <translation>0 ist eine Klasse eines Referenzrasters</translation>
    </message>
    <message>
        <source>Boundary tolerances in pixels</source>
        <translation>Toleranzen der Grenzen in Pixeln</translation>
    </message>
    <message>
        <source>Metrics (JSON)</source>
        <translation>Kennzahlen (JSON)</translation>
    </message>
    <message>
        <source>Resample the image to the network&apos;s pixel size</source>
        <translation>Bild auf die Pixelgröße des Netzes umrechnen</translation>
    </message>
    <message>
        <source>Pixel size of a layer from a server (empty: the network&apos;s)</source>
        <translation>Pixelgröße eines Layers von einem Server (leer: die des Netzes)</translation>
    </message>
    <message>
        <source>Class table of the map (empty: as the map says)</source>
        <translation>Klassentabelle der Karte (leer: wie in der Karte angegeben)</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>From the layer</source>
        <translation>Aus dem Layer übernehmen</translation>
    </message>
    <message>
        <source>Tile side in pixels (empty: automatic)</source>
        <translation>Kantenlänge der Kacheln in Pixeln (leer: automatisch)</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Learning rate (empty: the architecture&apos;s own)</source>
        <translation>Lernrate (leer: die eigene der Architektur)</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>Startwert des Zufalls</translation>
    </message>
    <message>
        <source>Labelled area</source>
        <translation>Gelabeltes Gebiet</translation>
    </message>
    <message>
        <source>Background class (empty: none)</source>
        <translation>Hintergrundklasse (leer: keine)</translation>
    </message>
    <message>
        <source>Validation fraction (0: no validation, 1: nothing but validation)</source>
        <translation>Anteil der Validierung (0: keine Validierung, 1: nur Validierung)</translation>
    </message>
    <message>
        <source>Spatial block size in metres (empty: automatic)</source>
        <translation>Größe der räumlichen Blöcke in Metern (leer: automatisch)</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Pretrained network as initial classifier (fine-tuning)</source>
        <translation>Vortrainiertes Netz als Ausgangsklassifikator (Feinabstimmung)</translation>
    </message>
    <message>
        <source>Or initial classifier from a file (fine-tuning)</source>
        <translation>Oder Ausgangsklassifikator aus einer Datei (Feinabstimmung)</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>Klassengewichte</translation>
    </message>
    <message>
        <source>Or a map of the area of the samples</source>
        <translation>Oder eine Karte des Gebiets der Lerndaten</translation>
    </message>
    <message>
        <source>Initial corrector (fine-tuning)</source>
        <translation>Ausgangskorrektor (Feinabstimmung)</translation>
    </message>
    <message>
        <source>Filters (empty: the architecture&apos;s own number)</source>
        <translation>Filter (leer: die eigene Anzahl der Architektur)</translation>
    </message>
    <message>
        <source>Which value of the maps is which class of the reference, by name or value, as a table; a class that is left empty says that the value is no data. In qgis_process and scripts: a text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, or a list of the table&apos;s cells row by row. Empty: classes are matched by name where all of a map&apos;s and all of the reference&apos;s have names (in the raster&apos;s attribute table or its categories; capitals do not matter), and else by value.</source>
        <translation>Welcher Wert der Karten welche Klasse der Referenz ist, nach Name oder Wert, als Tabelle; eine leer gelassene Klasse sagt, dass der Wert keine Daten bedeutet. In qgis_process und in Skripten: ein Text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile. Leer: Klassen werden nach dem Namen zugeordnet, wenn alle der Karte und alle der Referenz Namen haben (in der Attributtabelle des Rasters oder seinen Kategorien; Groß- und Kleinschreibung spielt keine Rolle), und sonst nach dem Wert.</translation>
    </message>
    <message>
        <source>For a reference raster: the value of unlabelled pixels, beside its own nodata value. Empty: 0 where the raster has no nodata value.</source>
        <translation>Für ein Referenzraster: der Wert von Pixeln ohne Label, neben seinem eigenen Leerwert. Leer: 0, wenn das Raster keinen Leerwert hat.</translation>
    </message>
    <message>
        <source>For a reference raster without a nodata value: 0 is a class like the others, as in masks of 0 and 1. Otherwise pixels of 0 are taken for unlabelled.</source>
        <translation>Für ein Referenzraster ohne Leerwert: 0 ist eine Klasse wie die anderen, wie in Masken aus 0 und 1. Sonst gelten Pixel mit dem Wert 0 als Pixel ohne Label.</translation>
    </message>
    <message>
        <source>For images whose pixels are smaller or larger than those the networks were trained on: the networks see the image at their own pixel size, tile by tile, the mean of the pixels that a larger one covers, or values between the pixels&apos; centres. The scores come back to the image&apos;s pixels in the same way, so the map is on the image&apos;s own grid, and pixels without data stay without data. Up to 16 times larger or smaller; the image must be georeferenced. Without it the networks see the image as it is, and the log warns where the size does not fit.</source>
        <translation>Für Bilder, deren Pixel kleiner oder größer sind als die, mit denen die Netze trainiert wurden: Die Netze sehen das Bild in ihrer eigenen Pixelgröße, Kachel für Kachel, als Mittelwert der Pixel, die ein größeres bedeckt, oder als Werte zwischen den Pixelmitten. Die Bewertungen kommen ebenso auf die Pixel des Bildes zurück; die Karte liegt also im Pixelgitter des Bildes, und Pixel ohne Daten bleiben ohne Daten. Bis zu 16-mal größer oder kleiner; das Bild muss georeferenziert sein. Ohne Häkchen sehen die Netze das Bild, wie es ist, und das Protokoll warnt, wenn die Größe nicht passt.</translation>
    </message>
    <message>
        <source>For WMS, WMTS and XYZ layers: the size of the pixels to fetch, in the units of the layer&apos;s coordinate reference system. Empty: the network&apos;s pixel size at the middle of the extent. Of layers made of tiles the nearest size that the server has is taken. The extent has to be given, and only what is in it, and some way around, is fetched; what the server shows transparently is without data. Mind the server&apos;s terms of use.</source>
        <translation>Für WMS-, WMTS- und XYZ-Layer: die Größe der Pixel, die geholt werden, in den Einheiten des Koordinatenbezugssystems des Layers. Leer: die Pixelgröße des Netzes in der Mitte der Ausdehnung. Bei Layern aus Kacheln wird die nächste Größe genommen, die der Server hat. Die Ausdehnung muss angegeben werden, und nur was in ihr und ein Stück um sie herum liegt, wird geholt; was der Server durchsichtig zeigt, ist ohne Daten. Die Nutzungsbedingungen des Servers sind zu beachten.</translation>
    </message>
    <message>
        <source>Largest width and height of a tile, in pixels. Empty: chosen automatically. Smaller tiles need less memory and more time; the map stays the same, unless the log says that tiles are blended.</source>
        <translation>Größte Breite und Höhe einer Kachel in Pixeln. Leer: automatisch gewählt. Kleinere Kacheln brauchen weniger Speicher und mehr Zeit; die Karte bleibt dieselbe, es sei denn, das Protokoll sagt, dass Kacheln überblendet werden.</translation>
    </message>
    <message>
        <source>Which value of the map is which of the corrector&apos;s classes, as a table; a class that is left empty says that the value is no class (such pixels are without data). For probabilities and scores the values are the numbers of the bands. In qgis_process and scripts: a text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, or a list of the table&apos;s cells row by row. Empty: by the names in the map&apos;s attribute table or category names, or of its bands; where it has none, 1, 2, 3, ... in the corrector&apos;s order. Where that does not fit, or the map holds other values, the algorithm stops and says which.</source>
        <translation>Welcher Wert der Karte welche der Klassen des Korrektors ist, als Tabelle; eine leer gelassene Klasse sagt, dass der Wert keine Klasse ist (solche Pixel sind ohne Daten). Bei Wahrscheinlichkeiten und Bewertungen sind die Werte die Nummern der Kanäle. In qgis_process und in Skripten: ein Text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile. Leer: nach den Namen in der Attributtabelle der Karte, ihren Kategorienamen oder denen ihrer Kanäle; wo sie keine hat, 1, 2, 3, ... in der Reihenfolge des Korrektors. Wo das nicht passt oder die Karte andere Werte enthält, hält der Algorithmus an und nennt sie.</translation>
    </message>
    <message>
        <source>Largest width and height of a tile, in pixels. Empty: chosen automatically. Smaller tiles need less memory and more time; the map stays the same.</source>
        <translation>Größte Breite und Höhe einer Kachel in Pixeln. Leer: automatisch gewählt. Kleinere Kacheln brauchen weniger Speicher und mehr Zeit; die Karte bleibt dieselbe.</translation>
    </message>
    <message>
        <source>The classes in their order, as a table of the value in the labels, the class&apos;s name and its colour (#c0392b). The value may be empty where the labels hold the name, and the colour always. In qgis_process and scripts: a text, CLASSES=&quot;road,building:#c0392b&quot; or CLASSES=&quot;1=road,2=building&quot;, or a list of the table&apos;s cells row by row. Empty: the categories in which the layer is shown (symbology, palette, raster attribute table), or else all values, sorted; and where the output folder has a sample set with these classes, in its order. Values that are not listed stay unlabelled.</source>
        <translation>Die Klassen in ihrer Reihenfolge, als Tabelle aus dem Wert in den Labels, dem Namen der Klasse und ihrer Farbe (#c0392b). Der Wert darf leer sein, wenn die Labels den Namen enthalten, und die Farbe immer. In qgis_process und in Skripten: ein Text, CLASSES=&quot;road,building:#c0392b&quot; oder CLASSES=&quot;1=road,2=building&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile. Leer: die Kategorien, in denen der Layer dargestellt wird (Symbolisierung, Palette, Raster-Attributtabelle), oder sonst alle Werte, sortiert; und wo der Ausgabeordner einen Lerndatensatz mit diesen Klassen enthält, in dessen Reihenfolge. Werte, die nicht aufgeführt sind, bleiben ohne Label.</translation>
    </message>
    <message>
        <source>The name of the class of what no label covers inside the labelled area, for example background. If it is not one of the classes, it becomes the first. Without a labelled area, it is given to everything in the rectangle around the labels that they do not cover. Empty: what no label covers stays unlabelled and is not learned from.</source>
        <translation>Der Name der Klasse dessen, was im gelabelten Gebiet kein Label bedeckt, zum Beispiel background. Ist er keine der Klassen, wird er die erste. Ohne gelabeltes Gebiet erhält ihn alles im Rechteck um die Labels, was sie nicht bedecken. Leer: Was kein Label bedeckt, bleibt ohne Label, und daraus wird nicht gelernt.</translation>
    </message>
    <message>
        <source>The side of the squares of ground that go to one split whole, in metres. Larger blocks make a fairer validation, smaller ones spread the classes better. At least 128 pixels. Empty: as large as a chip, or smaller, down to 256 pixels, where fewer than 10 blocks would be left to spread over training and validation: small ground needs a size of your own.</source>
        <translation>Die Kantenlänge der Geländequadrate, die ganz in einen Teil gehen, in Metern. Größere Blöcke ergeben eine fairere Validierung, kleinere verteilen die Klassen besser. Mindestens 128 Pixel. Leer: so groß wie ein Chip, oder kleiner, bis hinab zu 256 Pixeln, wenn weniger als 10 Blöcke zum Verteilen auf Training und Validierung übrig blieben: Kleines Gelände braucht eine eigene Größe.</translation>
    </message>
    <message>
        <source>paper: the network of Maggiori et al. (2017), which sees 37 pixels far. u-net: a compact residual U-Net, which sees 66 pixels far and is usually more accurate. Both take any number of bands and classes. With an initial classifier, its architecture is taken.</source>
        <translation>paper: das Netz von Maggiori et al. (2017), das 37 Pixel weit sieht. u-net: ein kompaktes residuales U-Net, das 66 Pixel weit sieht und meist genauer ist. Beide nehmen beliebig viele Kanäle und Klassen. Mit einem Ausgangsklassifikator wird dessen Architektur genommen.</translation>
    </message>
    <message>
        <source>In place of a pretrained network: an initial classifier of your own, an .onnx file made by Recurve, that is trained further.</source>
        <translation>Anstelle eines vortrainierten Netzes: ein eigener Ausgangsklassifikator, eine von Recurve erzeugte .onnx-Datei, der weiter trainiert wird.</translation>
    </message>
    <message>
        <source>How large the steps are at the start; they become smaller to the end. Empty: 0.0005 for paper, 0.001 for u-net, and 0.3 times that for an initial classifier.</source>
        <translation>Wie groß die Schritte am Anfang sind; zum Ende hin werden sie kleiner. Leer: 0.0005 für paper, 0.001 für u-net und das 0.3-Fache davon für einen Ausgangsklassifikator.</translation>
    </message>
    <message>
        <source>The same seed draws the same first weights, the same patches and the same changes of them.</source>
        <translation>Derselbe Startwert zieht dieselben ersten Gewichte, dieselben Ausschnitte und dieselben Veränderungen an ihnen.</translation>
    </message>
    <message>
        <source>Which value of the map, or which of its bands, is which class, as a table; a class that is left empty says that the value is no class. In qgis_process and scripts: a text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, or a list of the table&apos;s cells row by row. Empty: by the names in the map, or else 1, 2, 3, ... in the order of the samples&apos; classes.</source>
        <translation>Welcher Wert der Karte oder welcher ihrer Kanäle welche Klasse ist, als Tabelle; eine leer gelassene Klasse sagt, dass der Wert keine Klasse ist. In qgis_process und in Skripten: ein Text, CLASS_TABLE=&quot;10=building,20=road,30=&quot;, oder eine Liste der Zellen der Tabelle, Zeile für Zeile. Leer: nach den Namen in der Karte oder sonst 1, 2, 3, ... in der Reihenfolge der Klassen der Lerndaten.</translation>
    </message>
    <message>
        <source>deep: learns its own features of the image and sees the scores of all classes; the most accurate where there are labels enough. paper: the one that Maggiori et al. (2017) published, smaller, one set of weights for each class. paper class-agnostic: the same with one set of weights for all classes, for very few labels. With an initial corrector, its architecture and sizes are taken.</source>
        <translation>deep: lernt eigene Merkmale des Bildes und sieht die Bewertungen aller Klassen; am genauesten, wo es genug Labels gibt. paper: die Architektur, die Maggiori et al. (2017) veröffentlicht haben, kleiner, ein Satz Gewichte je Klasse. paper class-agnostic: dieselbe mit einem Satz Gewichte für alle Klassen, für sehr wenige Labels. Mit einem Ausgangskorrektor gelten dessen Architektur und Größen.</translation>
    </message>
    <message>
        <source>A corrector of the architecture deep, made by Recurve, that is trained further; it must have the same bands and classes. A map that is good already teaches a new corrector little about the image. Train one for a poorer map of the same ground first, for example for the classifier before it was fine-tuned, and go on from that: in the study this made a fine-tuned classifier&apos;s correction worth several times as much.</source>
        <translation>Ein von Recurve erzeugter Korrektor der Architektur deep, der weiter trainiert wird; er muss dieselben Kanäle und Klassen haben. Eine schon gute Karte lehrt einen neuen Korrektor wenig über das Bild. Trainieren Sie zuerst einen für eine schlechtere Karte desselben Gebiets, zum Beispiel für den Klassifikator vor seiner Feinabstimmung, und trainieren Sie diesen weiter: In der Studie wurde die Korrektur eines feinabgestimmten Klassifikators dadurch ein Mehrfaches wert.</translation>
    </message>
    <message>
        <source>How many filters look at the image (deep), or at the scores and at the image (paper). Empty: 24 for deep, 32 for paper. With an initial corrector, as many as it has.</source>
        <translation>Wie viele Filter auf das Bild schauen (deep) oder auf die Bewertungen und auf das Bild (paper). Leer: 24 für deep, 32 für paper. Mit einem Ausgangskorrektor so viele, wie er hat.</translation>
    </message>
    <message>
        <source>How many hidden units decide about the correction. With an initial corrector, as many as it has.</source>
        <translation>Wie viele verborgene Einheiten über die Korrektur entscheiden. Mit einem Ausgangskorrektor so viele, wie er hat.</translation>
    </message>
    <message>
        <source>How large the steps are at the start; they become smaller to the end. Empty: 0.003, or 0.001 for an initial corrector.</source>
        <translation>Wie groß die Schritte am Anfang sind; zum Ende hin werden sie kleiner. Leer: 0.003, oder 0.001 für einen Ausgangskorrektor.</translation>
    </message>
    <message>
        <source>Value of the class to keep</source>
        <translation>Wert der Klasse, die bleiben soll</translation>
    </message>
    <message>
        <source>Coarse labels</source>
        <translation>Grobe Labels</translation>
    </message>
    <message>
        <source>Area of the coarse labels</source>
        <translation>Gebiet der groben Labels</translation>
    </message>
    <message>
        <source>Accurate labels</source>
        <translation>Genaue Labels</translation>
    </message>
    <message>
        <source>Area of the accurate labels</source>
        <translation>Gebiet der genauen Labels</translation>
    </message>
    <message>
        <source>Trains a recurrent network on a few accurate labels, to correct the maps of a classifier or of any origin.</source>
        <translation>Trainiert ein rekurrentes Netz mit wenigen genauen Labels, um die Karten eines Klassifikators oder Karten beliebiger Herkunft zu korrigieren.</translation>
    </message>
    <message>
        <source>The maps: rasters of class values of any tool. A raster of several bands of bytes is as many maps, one after each iteration of a correction. Each map is assessed on its own pixels; comparisons between maps are made on the first map&apos;s. A map&apos;s own nodata value is no class; where it has none, 0 is none either, unless the reference or the class table has a class 0.</source>
        <translation>Die Karten: Raster mit Klassenwerten aus beliebigen Programmen. Ein Raster mit mehreren Byte-Kanälen gilt als ebenso viele Karten, eine nach jeder Iteration einer Korrektur. Jede Karte wird auf ihren eigenen Pixeln beurteilt; Vergleiche zwischen Karten geschehen auf denen der ersten Karte. Der Leerwert einer Karte ist keine Klasse; wo sie keinen hat, ist auch 0 keine, es sei denn, die Referenz oder die Klassentabelle hat eine Klasse 0.</translation>
    </message>
    <message>
        <source>For polygons: the field with their class; empty where all are of one class. Whole numbers are class values, other texts are names. Where polygons of two classes overlap, the pixels do not count, and the log says how many.</source>
        <translation>Für Polygone: das Feld mit ihrer Klasse; leer, wenn alle zu einer Klasse gehören. Ganze Zahlen sind Klassenwerte, andere Texte sind Namen. Wo sich Polygone zweier Klassen überlappen, zählen die Pixel nicht, und das Protokoll sagt, wie viele es sind.</translation>
    </message>
    <message>
        <source>For polygons without a field for it: the class of all of them, by name or class value, as building.</source>
        <translation>Für Polygone ohne Feld dafür: die Klasse von allen, nach Name oder Wert, etwa building.</translation>
    </message>
    <message>
        <source>In place of polygons: a raster of class values whose pixels are taken as the truth.</source>
        <translation>Anstelle von Polygonen: ein Raster mit Klassenwerten, dessen Pixel als wahr gelten.</translation>
    </message>
    <message>
        <source>For polygons: the class of what none of them covers, by name or class value, for example background. Give an area on which every object has been drawn, or all of the map that is outside of the polygons counts as background. Polygons without a class are no background. Empty: what no polygon covers does not count.</source>
        <translation>Für Polygone: die Klasse dessen, was keines von ihnen bedeckt, nach Name oder Wert, zum Beispiel background. Dazu gehört ein Gebiet, in dem jedes Objekt gezeichnet wurde, sonst zählt alles in der Karte außerhalb der Polygone als Hintergrund. Polygone ohne Klasse sind kein Hintergrund. Leer: Was kein Polygon bedeckt, zählt nicht.</translation>
    </message>
    <message>
        <source>A raster whose values are the strata the reference was sampled in, for the area estimates (Stehman 2014): all of it is the population. Empty: the classes of each map are the strata (Olofsson et al. 2014). The intervals hold if the reference pixels are a random sample within each stratum.</source>
        <translation>Ein Raster, dessen Werte die Schichten sind, in denen die Referenz als Stichprobe gezogen wurde, für die Flächenschätzung (Stehman 2014): Das ganze Raster ist die Grundgesamtheit. Leer: Die Klassen jeder Karte sind die Schichten (Olofsson et al. 2014). Die Intervalle gelten, wenn die Referenzpixel in jeder Schicht eine Zufallsstichprobe sind.</translation>
    </message>
    <message>
        <source>All metrics (JSON), as docs/assessment_schema.md describes them.</source>
        <translation>Alle Kennzahlen (JSON), wie docs/assessment_schema.md sie beschreibt.</translation>
    </message>
    <message>
        <source>Classifies an image, corrects the map, drops small parts and turns what is left of one class into polygons. Borders that polygons share are simplified once, so that neither gaps nor overlaps appear. Each polygon has its class value, its area on the ground in square metres and its mean confidence in percent; areas and the tolerance are right in any coordinate reference system. It is an example: the model can be opened in the model designer and changed.</source>
        <translation>Klassifiziert ein Bild, korrigiert die Karte, entfernt kleine Teile und macht aus dem, was von einer Klasse übrig bleibt, Polygone. Gemeinsame Grenzen von Polygonen werden nur einmal vereinfacht, sodass weder Lücken noch Überlappungen entstehen. Jedes Polygon hat seinen Klassenwert, seine Fläche auf dem Gelände in Quadratmetern und seine mittlere Konfidenz in Prozent; Flächen und Toleranz stimmen in jedem Koordinatenbezugssystem. Es ist ein Beispiel: Das Modell lässt sich im Modellentwurf öffnen und ändern.</translation>
    </message>
    <message>
        <source>The value in the map of the class that becomes polygons. 2 is building in the pretrained networks for buildings.</source>
        <translation>Der Wert in der Karte für die Klasse, aus der Polygone werden. In den vortrainierten Netzen für Gebäude ist 2 building.</translation>
    </message>
    <message>
        <source>Corrects a map that any tool has made, with a recurrent network (the corrector) that has learned to move class boundaries onto the edges of an image. The map may hold class values, probabilities or scores, and may differ from the image in grid, pixel size and coordinate reference system: it is brought onto the image&apos;s pixels tile by tile (the nearest pixel for class values, between pixels for probabilities and scores). The corrected map has the image&apos;s pixels and the class values, names and colours of the map; it does not depend on the tiles. A corrector is best trained on maps like the one to correct; the log warns where it was not.</source>
        <translation>Korrigiert eine mit einem beliebigen Programm erzeugte Karte mit einem rekurrenten Netz (dem Korrektor), das gelernt hat, Klassengrenzen auf die Kanten eines Bildes zu schieben. Die Karte darf Klassenwerte, Wahrscheinlichkeiten oder Bewertungen enthalten und sich vom Bild in Pixelgitter, Pixelgröße und Koordinatenbezugssystem unterscheiden: Sie wird Kachel für Kachel auf die Pixel des Bildes gebracht (das nächste Pixel bei Klassenwerten, zwischen den Pixeln bei Wahrscheinlichkeiten und Bewertungen). Die korrigierte Karte hat die Pixel des Bildes und die Klassenwerte, Namen und Farben der Karte; sie hängt nicht von den Kacheln ab. Ein Korrektor wird am besten mit Karten trainiert, die der zu korrigierenden gleichen; das Protokoll warnt, wenn das nicht so war.</translation>
    </message>
    <message>
        <source>The map to correct: a raster with one band of class values (any whole numbers; those to write again are 0 to 65535), or with a band of probabilities or scores for each class. Where it has no data (nodata value, mask, alpha band, all probabilities 0), the corrected map has none. Where map or image is not georeferenced, both need the same number of rows and columns, and lie pixel upon pixel.</source>
        <translation>Die zu korrigierende Karte: ein Raster mit einem Kanal aus Klassenwerten (beliebige ganze Zahlen; die wieder zu schreibenden sind 0 bis 65535) oder mit einem Kanal aus Wahrscheinlichkeiten oder Bewertungen je Klasse. Wo sie keine Daten hat (Leerwert, Maske, Alphakanal, alle Wahrscheinlichkeiten 0), hat auch die korrigierte Karte keine. Wenn Karte oder Bild nicht georeferenziert ist, brauchen beide gleich viele Zeilen und Spalten und liegen Pixel auf Pixel.</translation>
    </message>
    <message>
        <source>What the map holds. auto: what the corrector was trained on; where its file does not say, codes if the map has one band, and with more bands the algorithm asks. codes: class values. probabilities: one band for each class, on any scale (0 to 1, 0 to 100, 0 to 255). scores: one band for each class, numbers before softmax, as Classify and correct writes them.</source>
        <translation>Was die Karte enthält. auto: das, womit der Korrektor trainiert wurde; wo seine Datei es nicht sagt, Codes, wenn die Karte einen Kanal hat, und bei mehr Kanälen fragt der Algorithmus nach. codes: Klassenwerte. probabilities: ein Kanal je Klasse, in beliebiger Skala (0 bis 1, 0 bis 100, 0 bis 255). scores: ein Kanal je Klasse, Zahlen vor dem Softmax, wie Klassifizieren und korrigieren sie schreibt.</translation>
    </message>
    <message>
        <source>The corrected map, a GeoTIFF on the image&apos;s grid, with the class values, names and colours of the map to correct (of its attribute table or palette, else the corrector&apos;s). Probabilities and scores become the class values 1, 2, 3, ... in the corrector&apos;s order, 0 is no data.</source>
        <translation>Die korrigierte Karte, ein GeoTIFF im Pixelgitter des Bildes, mit den Klassenwerten, Namen und Farben der zu korrigierenden Karte (aus ihrer Attributtabelle oder Palette, sonst die des Korrektors). Aus Wahrscheinlichkeiten und Bewertungen werden die Klassenwerte 1, 2, 3, ... in der Reihenfolge des Korrektors, 0 bedeutet keine Daten.</translation>
    </message>
    <message>
        <source>How sure the corrector is of the class of each pixel: 0 to 100 %, 255 where there is no data. A class value in the map to correct counts as 90 % sure.</source>
        <translation>Wie sicher sich der Korrektor der Klasse jedes Pixels ist: 0 bis 100 %, 255, wo es keine Daten gibt. Ein Klassenwert in der zu korrigierenden Karte gilt als zu 90 % sicher.</translation>
    </message>
    <message>
        <source>Shows what a network says about itself (bands, classes, pixel size, receptive field radius, training), the versions of all that takes part, the devices of this computer, NVIDIA&apos;s libraries found or missing, and why a device cannot be used. On each device that can, it runs the self-test that is stored in the network&apos;s file: the scores must be those its author saw. Copy the report when you report a fault. Without ONNX Runtime it shows all but the devices, and how to install it.</source>
        <translation>Zeigt, was ein Netz über sich selbst sagt (Kanäle, Klassen, Pixelgröße, Radius des rezeptiven Feldes, Training), die Versionen aller Beteiligten, die Geräte dieses Computers, welche Bibliotheken von NVIDIA gefunden wurden oder fehlen und warum ein Gerät nicht verwendet werden kann. Auf jedem verwendbaren Gerät läuft der Selbsttest, der in der Datei des Netzes steht: Die Bewertungen müssen die sein, die sein Autor gesehen hat. Kopieren Sie den Bericht, wenn Sie einen Fehler melden; er ist auf Englisch. Ohne ONNX Runtime zeigt er alles außer den Geräten, und wie man es installiert.</translation>
    </message>
    <message>
        <source>How much of the labelled ground is for validation, which chooses the best state of a network and is never learned from. Each class is spread over both splits where that is possible. 0 or 1: all ground is for training or for validation, for example where the accurate labels of one place are to judge the coarse ones of another. Ground that the sample set in the output folder has already keeps its split, unless the share is 0 or 1.</source>
        <translation>Wie viel des Geländes mit Labels der Validierung dient, die den besten Stand eines Netzes auswählt und aus der nie gelernt wird. Jede Klasse wird, wo das möglich ist, auf beide Teile verteilt. 0 oder 1: Das ganze Gelände dient dem Training oder der Validierung, zum Beispiel wenn die genauen Labels eines Ortes die groben eines anderen beurteilen sollen. Gelände, das der Lerndatensatz im Ausgabeordner schon enthält, bleibt in seinem Teil, es sei denn, der Anteil ist 0 oder 1.</translation>
    </message>
    <message>
        <source>Makes a classifier from many labels, which may be coarse, and a corrector from a few accurate ones of other ground; then classifies the whole image and corrects the map. Labels are polygons of one class; what they leave free inside the areas is the background. It is an example: the model can be opened in the model designer and changed.</source>
        <translation>Erzeugt einen Klassifikator aus vielen Labels, die grob sein dürfen, und einen Korrektor aus wenigen genauen von anderem Gelände; dann wird das ganze Bild klassifiziert und die Karte korrigiert. Labels sind Polygone einer Klasse; was sie in den Gebieten frei lassen, ist der Hintergrund. Es ist ein Beispiel: Das Modell lässt sich im Modellentwurf öffnen und ändern.</translation>
    </message>
    <message>
        <source>Polygons in which the coarse labels are complete: what the labels leave free there is background.</source>
        <translation>Polygone, in denen die groben Labels vollständig sind: Was die Labels dort frei lassen, ist Hintergrund.</translation>
    </message>
    <message>
        <source>Polygons of the class on a little other ground, accurate along the boundaries.</source>
        <translation>Polygone der Klasse auf ein wenig anderem Gelände, genau entlang der Grenzen.</translation>
    </message>
    <message>
        <source>Polygons in which the accurate labels are complete. They should not overlap the area of the coarse labels.</source>
        <translation>Polygone, in denen die genauen Labels vollständig sind. Sie sollten das Gebiet der groben Labels nicht überlappen.</translation>
    </message>
    <message>
        <source>Which share of each label is spread over all classes, 0 to 0.5. About 0.1 helps where labels are coarse.</source>
        <translation>Welcher Anteil jedes Labels auf alle Klassen verteilt wird, 0 bis 0.5. Etwa 0.1 hilft, wo Labels grob sind.</translation>
    </message>
    <message>
        <source>Trains a recurrent network (the corrector) that moves the class boundaries of a map onto the edges of the image. It learns from a few accurate labels how to correct the maps of one classifier, or maps of any other origin. What it corrects is not changed: its scores of all chips are made once and kept in the folder scores of the sample set. After each epoch the corrected maps of the validation chips are compared with their labels after each iteration, and the state with the best mean IoU after any of them is exported; by default it will be applied as often as was best. Where no number of iterations makes the validation map better than it was, no corrector is written and the run ends with an error that says so. The labels should be precise along the boundaries, and the classifier should not have been trained on them: on its own training ground its maps are better than elsewhere. Training ends early when a quarter of the epochs, and at least 5, brought nothing better. An epoch has as many steps as it takes to show each labelled pixel about 4 times, and 6.5 million pixels at least; small sets are shown more often. It has at least 50 steps and at most 500. A cancelled or interrupted training goes on from its last whole epoch when the same command is run again. The same seed gives the same network on the same machine with the same number of threads.</source>
        <translation>Trainiert ein rekurrentes Netz (den Korrektor), das die Klassengrenzen einer Karte auf die Kanten des Bildes schiebt. Es lernt aus wenigen genauen Labels, die Karten eines Klassifikators oder Karten beliebiger anderer Herkunft zu korrigieren. Was es korrigiert, wird nicht verändert: Dessen Bewertungen aller Chips werden einmal berechnet und im Ordner scores des Lerndatensatzes aufbewahrt. Nach jeder Epoche werden die korrigierten Karten der Validierungschips nach jeder Iteration mit deren Labels verglichen, und der Stand mit der besten mittleren IoU nach irgendeiner von ihnen wird exportiert; ohne andere Angabe wird er so oft angewendet, wie es am besten war. Wenn keine Anzahl von Iterationen die Validierungskarte besser macht, als sie war, wird kein Korrektor geschrieben, und der Lauf endet mit einem Fehler, der das sagt. Die Labels sollten entlang der Grenzen genau sein, und der Klassifikator sollte nicht mit ihnen trainiert worden sein: Auf seinem eigenen Trainingsgelände sind seine Karten besser als anderswo. Das Training endet früher, wenn ein Viertel der Epochen, und mindestens 5, nichts Besseres gebracht hat. Eine Epoche hat so viele Schritte, dass jedes gelabelte Pixel etwa 4-mal gezeigt wird, und mindestens 6,5 Millionen Pixel; kleine Lerndatensätze werden öfter gezeigt. Sie hat mindestens 50 und höchstens 500 Schritte. Ein abgebrochenes oder unterbrochenes Training geht ab seiner letzten ganzen Epoche weiter, wenn derselbe Befehl erneut ausgeführt wird. Derselbe Startwert ergibt dasselbe Netz auf demselben Rechner mit derselben Anzahl von Threads.</translation>
    </message>
    <message>
        <source>What the map&apos;s values are. codes: class values in one band. probabilities: a band for each class with probabilities on any scale (0 to 1, 0 to 100, 0 to 255). scores: a band for each class with scores before softmax, as Recurve writes them. auto: codes where the map has one band.</source>
        <translation>Was die Werte der Karte sind. codes: Klassenwerte in einem Kanal. probabilities: ein Kanal je Klasse mit Wahrscheinlichkeiten in beliebiger Skala (0 bis 1, 0 bis 100, 0 bis 255). scores: ein Kanal je Klasse mit Bewertungen vor dem Softmax, wie Recurve sie schreibt. auto: Codes, wenn die Karte einen Kanal hat.</translation>
    </message>
</context>
</TS>
